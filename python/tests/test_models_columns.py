from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from headrace_models.columns import MISSING, OTHER, FeatureColumn, encode, fit_column


def column(values: list[Any], type: pa.DataType | None = None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, type)])


def encoded(values: list[Any], type: pa.DataType | None = None) -> list[list[float]]:
    given = column(values, type)
    found = fit_column("x", given)
    assert found is not None
    rows: list[list[float]] = np.nan_to_num(encode(pa.table({"x": given}), [found]), nan=-99).tolist()
    return rows


@pytest.mark.parametrize(
    ("values", "type", "expected"),
    [
        ([1, None, 3], pa.int64(), [[1], [-99], [3]]),
        ([Decimal("1.50"), None], pa.decimal128(10, 2), [[1.5], [-99]]),
        ([float("inf"), float("nan"), 2.0], pa.float64(), [[-99], [-99], [2]]),
        ([True, None, False], pa.bool_(), [[1], [-99], [0]]),
        (["b", "a", None, "b"], pa.string(), [[1], [0], [MISSING], [1]]),
        ([2**63], pa.uint64(), [[float(2**63)]]),
    ],
)
def test_each_type_becomes_numbers(values: list[Any], type: pa.DataType, expected: list[list[float]]) -> None:
    assert encoded(values, type) == expected


def test_a_time_becomes_its_parts_and_a_date_has_no_hour() -> None:
    monday = datetime.datetime(2024, 7, 1, 13, 30)
    assert encoded([monday, None], pa.timestamp("us")) == [[19905.5625, 7, 1, 0, 13.5], [-99] * 5]
    assert encoded([monday], pa.timestamp("ns", "Europe/Berlin")) == [[19905.5625, 7, 1, 0, 13.5]]
    assert encoded([datetime.date(2024, 7, 7)], pa.date32()) == [[19911, 7, 7, 6]]


def test_a_text_that_training_did_not_have_is_other() -> None:
    known = FeatureColumn("x", "category", "string", categories=["a", "b"])
    assert encode(pa.table({"x": ["c", None, "b"]}), [known]).tolist() == [[OTHER], [MISSING], [1]]


def test_of_very_many_texts_the_most_frequent_have_a_code() -> None:
    names = [f"n{at:05}" for at in range(12_000)]
    found = fit_column("x", column([*names, *(["often"] * 3), None]))
    assert found is not None
    assert len(found.categories) == 10_000
    assert "often" in found.categories
    assert found.categories == sorted(found.categories)


@pytest.mark.parametrize(
    ("values", "type"),
    [
        ([None, None], pa.float64()),
        ([None], pa.string()),
        ([float("nan"), float("inf")], pa.float64()),
        ([[1]], pa.list_(pa.int64())),
        ([b"x"], pa.binary()),
        ([None], pa.null()),
    ],
)
def test_columns_that_say_nothing_are_no_features(values: list[Any], type: pa.DataType) -> None:
    assert fit_column("x", column(values, type)) is None
