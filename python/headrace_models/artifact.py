"""A trained pipeline as a file: the same bytes for the same training, and nothing but known types when it is read."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import numpy as np
import skops.io

from headrace_models.failure import fail, listed

# What skops does not trust by itself and the algorithms on offer are made of: data, no code of anybody's.
TRUSTED = frozenset(
    {
        "numpy.dtype",
        "collections.OrderedDict",
        "lightgbm.basic.Booster",
        "lightgbm.sklearn.LGBMClassifier",
        "lightgbm.sklearn.LGBMRegressor",
        "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "sklearn.metrics._dist_metrics.ChebyshevDistance64",
        "sklearn.metrics._dist_metrics.EuclideanDistance64",
        "sklearn.metrics._dist_metrics.ManhattanDistance64",
        "sklearn.metrics._dist_metrics.MinkowskiDistance64",
        "sklearn.model_selection._split.KFold",
        "sklearn.model_selection._split.StratifiedKFold",
        "sklearn.neighbors._ball_tree.BallTree",
        "sklearn.neighbors._kd_tree.KDTree",
        "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
        "sklearn.neural_network._stochastic_optimizers.SGDOptimizer",
        "sklearn.tree._tree.Tree",
        "xgboost.core.Booster",
        "xgboost.sklearn.XGBClassifier",
        "xgboost.sklearn.XGBRegressor",
    }
)
# The first moment that a zip can tell.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def save(pipeline: Any, path: str) -> None:
    """Writes the pipeline in skops' format; memory addresses and the time of day are taken out of it."""
    with zipfile.ZipFile(io.BytesIO(skops.io.dumps(pipeline))) as given:
        schema = json.loads(given.read("schema.json"))
        names: dict[str, str] = {}
        _rename(schema, {}, names)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
            for name, new in names.items():
                _write(kept, new, _normal(given.read(name)) if name.endswith(".npy") else given.read(name))
            _write(kept, "schema.json", json.dumps(schema, indent=1).encode())


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def _rename(node: Any, ids: dict[int, int], names: dict[str, str]) -> None:
    """Objects and files are numbered in the order in which they occur, instead of being called by their address."""
    if isinstance(node, list):
        for item in node:
            _rename(item, ids, names)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("__id__"), int):
        node["__id__"] = ids.setdefault(node["__id__"], len(ids) + 1)
    file = node.get("file")
    if isinstance(file, str) and "__loader__" in node:
        _, dot, suffix = file.rpartition(".")
        node["file"] = names.setdefault(file, f"{len(names) + 1}{dot}{suffix}")
    for value in node.values():
        _rename(value, ids, names)


def _normal(content: bytes) -> bytes:
    """Bytes between the fields of a record hold whatever was in memory: zeros here."""
    array = np.load(io.BytesIO(content), allow_pickle=False)
    if array.dtype.names is None:
        return content
    clean = np.zeros(array.shape, array.dtype)
    for name in array.dtype.names:
        clean[name] = array[name]
    buffer = io.BytesIO()
    np.save(buffer, clean, allow_pickle=False)
    return buffer.getvalue()


def unknown_to_skops(path: str) -> list[str]:
    """Types in an artifact that skops itself would ask about."""
    return sorted(skops.io.get_untrusted_types(file=path))


def load(path: str, version: str) -> Any:
    """Reads an artifact. Throws for types that no model of ours is made of, before any of them is made."""
    try:
        unknown = [name for name in unknown_to_skops(path) if name not in TRUSTED]
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise fail("model_artifact_damaged", version=version, text=str(error)) from error
    if unknown:
        raise fail("model_artifact_untrusted", version=version, types=listed(sorted(unknown)))
    return skops.io.load(path, trusted=sorted(TRUSTED))
