"""Other forms of the artifact, for other programs; Headrace itself reads none of them."""

from __future__ import annotations

import os
import pickle

from headrace_models.data import Data
from headrace_models.failure import fail
from headrace_models.recipe import Recipe
from headrace_models.trained import Trained


def write_exports(trained: Trained, data: Data, recipe: Recipe, folder: str) -> None:
    """`model.onnx` and `model.pkl`, where the file asks for them."""
    if "onnx" in recipe.formats:
        _write_onnx(trained, data.matrix.shape[1], recipe, os.path.join(folder, "model.onnx"))
    if "pickle" in recipe.formats:
        with open(os.path.join(folder, "model.pkl"), "wb") as file:
            pickle.dump(trained.pipeline, file, protocol=5)


def _write_onnx(trained: Trained, width: int, recipe: Recipe, path: str) -> None:
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType

    options = {"zipmap": False} if data_classes(trained) else None
    try:
        model = convert_sklearn(
            trained.pipeline,
            name=recipe.node,
            initial_types=[("features", FloatTensorType([None, width]))],
            options=None if options is None else {id(trained.pipeline): options},
        )
    except Exception as error:
        text = str(error).strip().split("\n")[0]
        raise fail("model_onnx_refused", algorithm=recipe.algorithm, text=text) from error
    with open(path, "wb") as file:
        file.write(model.SerializeToString(deterministic=True))


def data_classes(trained: Trained) -> bool:
    """Whether it answers with classes."""
    return trained.target.task == "classification"
