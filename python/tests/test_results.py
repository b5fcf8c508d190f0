from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from headrace_runner.failures import NodeFailure
from headrace_runner.pandas_frames import from_pandas
from headrace_runner.tables import tables_of


def whole(result: Any) -> pa.Table:
    return pa.concat_tables(tables_of(result))


def test_rows_may_lack_keys() -> None:
    assert whole([{"a": 1}, {"b": "x"}]).to_pydict() == {"a": [1, None], "b": [None, "x"]}


def test_an_index_without_a_name_is_left_and_one_with_a_name_is_kept() -> None:
    frame = pd.DataFrame({"v": [1, 2]}, index=[5, 6])
    assert from_pandas(frame).to_pydict() == {"v": [1, 2]}
    assert from_pandas(frame.rename_axis("k")).to_pydict() == {"k": [5, 6], "v": [1, 2]}
    several = frame.assign(k=["a", "b"]).set_index(["k", "v"])
    assert from_pandas(several).column_names == ["k", "v"]


def test_an_index_named_like_a_column_is_refused() -> None:
    with pytest.raises(NodeFailure) as failure:
        from_pandas(pd.DataFrame({"v": [1]}, index=pd.Index([1], name="v")))
    assert "column and of the index" in failure.value.params["text"]


def test_integers_with_nulls_stay_integers() -> None:
    frame = pd.DataFrame({"n": pd.array([2**62, None], dtype="Int64")})
    assert from_pandas(frame).to_pydict() == {"n": [2**62, None]}


def test_times_are_microseconds_where_that_loses_nothing() -> None:
    whole_micros = pd.DataFrame({"t": pd.to_datetime(["2024-01-01"]).astype("datetime64[ns]")})
    assert from_pandas(whole_micros).schema.field("t").type == pa.timestamp("us")
    zoned = pd.DataFrame({"t": pd.to_datetime(["2024-01-01"]).astype("datetime64[ns]").tz_localize("Asia/Jakarta")})
    assert from_pandas(zoned).schema.field("t").type == pa.timestamp("us", "Asia/Jakarta")
    finer = pd.DataFrame({"t": pd.to_datetime([1], unit="ns")})
    assert from_pandas(finer).schema.field("t").type == pa.timestamp("ns")


def test_several_header_rows_become_one_name() -> None:
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "sum"), ("b", "")]))
    assert from_pandas(frame).column_names == ["a_sum", "b"]
    assert from_pandas(pd.DataFrame([[1]], columns=[2024])).column_names == ["2024"]


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (42, "an int"),
        ("x", "a str"),
        ({"a": [1]}, "a dict"),
        (pd.Series([1]), "Series"),
        ([1], "a list that holds an int"),
        (iter([1]), "item 1 is an int"),
        (datetime.date(2024, 1, 1), "a datetime.date"),
    ],
)
def test_what_is_no_table_is_named(result: Any, said: str) -> None:
    with pytest.raises(NodeFailure) as failure:
        whole(result)
    assert failure.value.code == "python_result_type"
    assert said in failure.value.params["type"]
    assert failure.value.params["hint"]
