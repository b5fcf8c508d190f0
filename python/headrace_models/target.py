"""The target: which task it asks for, its classes, and values in its own type."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headrace_models.columns import finite, is_text, kind_of, numbers
from headrace_models.failure import fail
from headrace_models.recipe import Recipe

# Whole numbers with at most this many values are classes where nothing says otherwise.
_FEW_CLASSES = 10
_MOST_CLASSES = 1000


@dataclass(frozen=True)
class Target:
    name: str
    task: str
    """The type it had, as Arrow spells it: predictions have it too."""
    type: str
    """In ascending order; the last of two is the positive one. Empty for a regression."""
    classes: list[Any]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def labels(self) -> list[str]:
        """The classes as text, for tables and names of columns."""
        return [label_of(value) for value in self.classes]

    def values(self, codes: np.ndarray) -> pa.Array:
        """Class codes, or a regression's numbers, in the target's own type."""
        if self.task == "regression":
            return pa.array(codes, pa.float64())
        return pa.array(self.classes, _stored_type(self.type)).take(pa.array(codes.astype(np.int64)))


def label_of(value: object) -> str:
    """A class as text: `true`, `3`, `late`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _stored_type(name: str) -> pa.DataType:
    if name in ("string", "large_string", "string_view"):
        return pa.string()
    return pa.bool_() if name == "bool" else pa.int64()


def read_target(values: pa.ChunkedArray, recipe: Recipe) -> tuple[Target, np.ndarray]:
    """The target and its values as codes or numbers, NaN where a row has none."""
    params = {"target": recipe.target, "source": recipe.source}
    if pa.types.is_dictionary(values.type):
        values = pc.cast(values, values.type.value_type)
    kind = kind_of(values.type)
    if len(values) == 0:
        raise fail("model_no_rows", source=recipe.source)
    if values.null_count == len(values):
        raise fail("model_target_empty", rows=len(values), **params)
    if kind not in ("number", "boolean", "category"):
        raise fail("model_target_type", type=str(values.type), **params)
    task = recipe.task or _task_of(values, kind)
    if task == "regression":
        if kind == "category":
            raise fail("model_target_not_number", algorithm=recipe.algorithm, type=str(values.type), **params)
        return Target(recipe.target, task, "double", []), finite(numbers(values))
    return _classes(values, kind, recipe)


def _task_of(values: pa.ChunkedArray, kind: str) -> str:
    if kind in ("boolean", "category"):
        return "classification"
    whole = pa.types.is_integer(values.type)
    return "classification" if whole and pc.count_distinct(values).as_py() <= _FEW_CLASSES else "regression"


def _classes(values: pa.ChunkedArray, kind: str, recipe: Recipe) -> tuple[Target, np.ndarray]:
    params = {"target": recipe.target, "source": recipe.source}
    if kind == "number" and not pa.types.is_integer(values.type):
        as_numbers = finite(numbers(values))
        known = as_numbers[~np.isnan(as_numbers)]
        if (known != np.round(known)).any():
            raise fail("model_target_continuous", algorithm=recipe.algorithm, **params)
        values = pa.chunked_array([pa.array(as_numbers, pa.float64(), from_pandas=True).cast(pa.int64())])
    elif kind == "number":
        values = pc.cast(values, pa.int64())
    elif is_text(values.type):
        values = pc.cast(values, pa.string())
    distinct = sorted(value for value in pc.unique(values).to_pylist() if value is not None)
    if len(distinct) < 2:
        raise fail("model_one_class", value=label_of(distinct[0]) if distinct else "", rows=len(values), **params)
    if len(distinct) > _MOST_CLASSES:
        raise fail("model_many_classes", count=len(distinct), most=_MOST_CLASSES, **params)
    coded = numbers(pc.index_in(values, value_set=pa.array(distinct, values.type)))
    return Target(recipe.target, "classification", str(values.type), distinct), coded
