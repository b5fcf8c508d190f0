"""Columns of a table as features: what each becomes is decided on the training rows and written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# So many values of a text column get a code of their own; the rest share one.
MAX_CATEGORIES = 10_000
MISSING, OTHER = -1.0, -2.0
_EPOCH_DAYS, _CALENDAR, _CLOCK = "days", ("month", "day", "weekday"), "hour"


@dataclass(frozen=True)
class FeatureColumn:
    """One column of the input and the numbers it becomes."""

    name: str
    """`number`, `boolean`, `category` or `time`."""
    kind: str
    """The type it had, as Arrow spells it."""
    type: str
    """For a category: its values, each coded by its place."""
    categories: list[str] = field(default_factory=list)
    """For a time: the numbers taken of it."""
    parts: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.parts) if self.kind == "time" else 1

    @property
    def names(self) -> list[str]:
        return [f"{self.name}.{part}" for part in self.parts] if self.kind == "time" else [self.name]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def kind_of(type: pa.DataType) -> str | None:
    """What a column of this type can be; `None` for types that say nothing to a model."""
    types = pa.types
    if types.is_boolean(type):
        return "boolean"
    if types.is_integer(type) or types.is_floating(type) or types.is_decimal(type):
        return "number"
    if is_text(type):
        return "category"
    if types.is_dictionary(type) and is_text(type.value_type):
        return "category"
    if types.is_timestamp(type) or types.is_date(type):
        return "time"
    return None


def is_text(type: pa.DataType) -> bool:
    """Text of any of Arrow's layouts."""
    return bool(pa.types.is_string(type) or pa.types.is_large_string(type) or pa.types.is_string_view(type))


def fit_column(name: str, values: pa.ChunkedArray) -> FeatureColumn | None:
    """How the column is used; `None` where it has no value or no usable type."""
    kind = kind_of(values.type)
    if kind is None or values.null_count == len(values):
        return None
    if kind == "category":
        return FeatureColumn(name, kind, str(values.type), categories=_categories(values))
    if kind == "time":
        clock = [] if pa.types.is_date(values.type) else [_CLOCK]
        return FeatureColumn(name, kind, str(values.type), parts=[_EPOCH_DAYS, *_CALENDAR, *clock])
    if kind == "number" and not np.isfinite(numbers(values)).any():
        return None
    return FeatureColumn(name, kind, str(values.type))


def _categories(values: pa.ChunkedArray) -> list[str]:
    counted = pc.value_counts(_texts(values).drop_null())
    pairs = zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True)
    most = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:MAX_CATEGORIES]
    return sorted(value for value, _ in most)


def _texts(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(values, pa.large_string())


def encode(table: pa.Table, columns: Iterable[FeatureColumn]) -> np.ndarray:
    """The matrix of a table, one row a row; NaN stands for what is missing or not finite."""
    parts = [part for column in columns for part in _encoded(table.column(column.name), column)]
    if not parts:
        return np.empty((table.num_rows, 0))
    return np.column_stack(parts)


def _encoded(values: pa.ChunkedArray, column: FeatureColumn) -> list[np.ndarray]:
    if column.kind == "category":
        return [codes(values, column.categories)]
    if column.kind == "time":
        return [_part(values, part) for part in column.parts]
    return [finite(numbers(values))]


def numbers(values: pa.ChunkedArray) -> np.ndarray:
    """Numbers, booleans and moments as doubles; NaN for NULL."""
    if pa.types.is_timestamp(values.type) or pa.types.is_date(values.type):
        values = pc.cast(pc.cast(values, pa.timestamp("us"), safe=False), pa.int64())
    elif pa.types.is_boolean(values.type):
        values = pc.cast(values, pa.uint8())
    cast = pc.cast(values, pa.float64(), safe=False)
    return np.asarray(pc.fill_null(cast, float("nan")).to_numpy(zero_copy_only=False), dtype=np.float64)


def finite(values: np.ndarray) -> np.ndarray:
    """Infinity is taken as missing."""
    return np.where(np.isfinite(values), values, np.nan)


def codes(values: pa.ChunkedArray, categories: list[str]) -> np.ndarray:
    """Each text's place in the categories."""
    found = pc.index_in(_texts(values), value_set=pa.array(categories, pa.large_string()))
    coded = numbers(found)
    coded = np.where(np.isnan(coded), OTHER, coded)
    missing = pc.is_null(values).to_numpy(zero_copy_only=False)
    return np.where(missing, MISSING, coded)


def _part(values: pa.ChunkedArray, part: str) -> np.ndarray:
    if pa.types.is_timestamp(values.type):
        values = pc.cast(values, pa.timestamp("us", values.type.tz), safe=False)
        values = pc.cast(values, pa.timestamp("us")) if values.type.tz is not None else values
    if part == _EPOCH_DAYS:
        return numbers(values) / 86_400_000_000
    if part == "month":
        return numbers(pc.month(values))
    if part == "day":
        return numbers(pc.day(values))
    if part == "weekday":
        return numbers(pc.day_of_week(values))
    return numbers(pc.hour(values)) + numbers(pc.minute(values)) / 60
