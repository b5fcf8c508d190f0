"""Other forms of the artifact, for other programs; Headrace itself reads none of them."""

from __future__ import annotations

import os
import pickle

import numpy as np

from headrace_models.data import Data
from headrace_models.failure import fail
from headrace_models.recipe import Recipe
from headrace_models.trained import Trained

_CHECKED_ROWS = 50
_TOLERANCE = 1e-3
_WRONG_SHARE = 0.1


def write_exports(trained: Trained, data: Data, recipe: Recipe, folder: str) -> None:
    """`model.onnx` and `model.pkl`, where the file asks for them."""
    if "onnx" in recipe.formats:
        _write_onnx(trained, data.matrix, recipe, os.path.join(folder, "model.onnx"))
    if "pickle" in recipe.formats:
        with open(os.path.join(folder, "model.pkl"), "wb") as file:
            pickle.dump(trained.pipeline, file, protocol=5)


def _write_onnx(trained: Trained, matrix: np.ndarray, recipe: Recipe, path: str) -> None:
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType

    zipmap = {id(trained.pipeline): {"zipmap": False}} if trained.gives_probability else None
    try:
        model = convert_sklearn(
            trained.pipeline,
            name=recipe.node,
            initial_types=[("features", FloatTensorType([None, matrix.shape[1]]))],
            options=zipmap,
        )
        content = model.SerializeToString(deterministic=True)
    except Exception as error:
        text = str(error).strip().split("\n")[0]
        raise fail("model_onnx_refused", algorithm=recipe.algorithm, text=text) from error
    if _differs(content, trained, matrix[:_CHECKED_ROWS].astype(np.float32)):
        raise fail("model_onnx_refused", algorithm=recipe.algorithm, text="its answers would differ")
    with open(path, "wb") as file:
        file.write(content)


def _differs(content: bytes, trained: Trained, matrix: np.ndarray) -> bool:
    """Converters leave parts of a pipeline out without a word: the answers are compared."""
    import onnx
    from onnx.reference import ReferenceEvaluator

    try:
        answers = list(ReferenceEvaluator(onnx.load_from_string(content)).run(None, {"features": matrix}))
    except (NotImplementedError, RuntimeError):
        return False
    expected = trained.pipeline.predict_proba(matrix) if trained.gives_probability else trained.pipeline.predict(matrix)
    found = np.asarray(answers[1 if trained.gives_probability else 0]).reshape(expected.shape)
    # Rounding to single precision sends a row to the other side of a threshold now and then.
    wrong = np.abs(found - expected) > _TOLERANCE * np.maximum(1, np.abs(expected))
    return bool(wrong.mean() > _WRONG_SHARE)
