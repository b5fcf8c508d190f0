from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from headrace_runner.failures import NodeFailure
from headrace_runner.schemas import settle


def settled(*pieces: pa.Table) -> pa.Table:
    schema, tables = settle(iter(pieces))
    return pa.concat_tables([schema.empty_table(), *tables])


def test_a_column_takes_the_first_type_it_shows() -> None:
    table = settled(pa.table({"a": pa.nulls(2)}), pa.table({"a": ["x"]}), pa.table({"a": pa.nulls(1)}))
    assert table.schema == pa.schema({"a": pa.string()})
    assert table.to_pydict() == {"a": [None, None, "x", None]}


def test_a_column_of_nulls_alone_is_text() -> None:
    assert settled(pa.table({"a": pa.nulls(1)})).schema.field("a").type == pa.string()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pa.array([1], pa.int64()), pa.array([2], pa.int8())),
        (pa.array([1], pa.int64()), pa.array([2.0])),
        (pa.array(["a"]), pa.array(["b"], pa.large_string())),
        (pa.array(["a"]), pa.array(["b"]).dictionary_encode()),
        (pa.array([1], pa.timestamp("us")), pa.array([1], pa.timestamp("ms"))),
    ],
)
def test_later_pieces_are_brought_to_it_where_nothing_is_lost(first: pa.Array, second: pa.Array) -> None:
    table = settled(pa.table({"a": first}), pa.table({"a": second}))
    assert table.schema.field("a").type == first.type
    assert table.num_rows == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pa.array([1]), pa.array(["1"])),
        (pa.array(["1"]), pa.array([1])),
        (pa.array([1]), pa.array([1.5])),
        (pa.array([1], pa.int8()), pa.array([1000])),
        (pa.array([1], pa.timestamp("us")), pa.array([1], pa.timestamp("us", "UTC"))),
        (pa.array([True]), pa.array([1])),
    ],
)
def test_what_would_change_a_value_or_its_meaning_is_refused(first: pa.Array, second: pa.Array) -> None:
    with pytest.raises(NodeFailure) as failure:
        settled(pa.table({"a": first}), pa.table({"a": second}))
    assert "column a" in failure.value.params["text"]


def test_columns_are_matched_by_name() -> None:
    table = settled(pa.table({"a": [1], "b": ["x"]}), pa.table({"b": ["y"], "a": [2]}))
    assert table.to_pydict() == {"a": [1, 2], "b": ["x", "y"]}


@pytest.mark.parametrize(
    ("names", "text"), [([], "no columns"), (["a", "A"], "a and A"), ([" "], "no name"), (["a", "a"], "a and a")]
)
def test_columns_need_names_of_their_own(names: list[str], text: str) -> None:
    with pytest.raises(NodeFailure) as failure:
        settled(pa.Table.from_arrays([pa.array([1]) for _ in names], names=names))
    assert text in failure.value.params["text"]


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (pa.array([1], pa.time64("ns")), None),
        (pa.array([1000], pa.time64("ns")), pa.time64("us")),
        (pa.array([datetime.timedelta(1)], pa.duration("ns")), pa.duration("us")),
        (pa.array([1], pa.decimal256(38, 0)), pa.decimal128(38, 0)),
        (pa.array([1], pa.decimal256(39, 0)), None),
        (pa.array([1], pa.int8()).cast(pa.bool8()), pa.bool_()),
        (pa.array(["x"]).dictionary_encode(), pa.string()),
    ],
)
def test_types_that_files_lack_are_kept_exactly_or_refused(values: pa.Array, kept: pa.DataType | None) -> None:
    if kept is None:
        with pytest.raises(NodeFailure):
            settled(pa.table({"a": values}))
    else:
        assert settled(pa.table({"a": values})).schema.field("a").type == kept


def test_pieces_are_made_as_they_are_asked_for() -> None:
    made: list[int] = []

    def pieces() -> Iterator[Any]:
        for number in range(3):
            made.append(number)
            yield pa.table({"a": [number]})

    _, tables = settle(pieces())
    assert made == [0]
    next(tables)
    assert made == [0]
    next(tables)
    assert made == [0, 1]
