"""Whatever holds a table becomes Arrow tables, piece by piece where it comes piece by piece."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from headrace_runner.failures import NodeFailure
from headrace_runner.pandas_frames import from_pandas

_RETURNABLE = (
    "Return a pandas or polars frame, an Arrow table or reader, a generator of batches, "
    "a DuckDB relation or a list of dicts."
)
_HINTS = {
    "Series": "Call .to_frame() on it.",
    "DuckDBPyConnection": "Use ctx.duckdb.sql(…) instead of .execute(…): it gives a relation.",
    "ndarray": "Give its columns names: pandas.DataFrame(array, columns=[…]).",
    "dict": "Return a list of dicts, one a row, or pyarrow.table(…) of its columns.",
    "DataFrameGroupBy": "Aggregate it and call .reset_index().",
}


def tables_of(result: Any) -> Iterator[pa.Table]:
    """The pieces of what a function returned; a generator's are made as they are asked for."""
    table = _whole_table(result)
    if table is not None:
        yield table
    elif isinstance(result, pa.RecordBatchReader):
        for batch in result:
            yield pa.Table.from_batches([batch])
    elif isinstance(result, list):
        yield _from_rows(result)
    elif isinstance(result, Iterator):
        yield from _pieces(result)
    elif hasattr(result, "to_reader"):
        yield from tables_of(result.to_reader())
    elif hasattr(result, "scanner"):
        yield from tables_of(result.scanner().to_reader())
    elif hasattr(result, "__arrow_c_stream__"):
        yield from tables_of(_stream_of(result))
    else:
        raise _not_a_table(result)


def _whole_table(value: Any) -> pa.Table | None:
    if isinstance(value, pa.Table):
        return value
    if isinstance(value, pa.RecordBatch):
        return pa.Table.from_batches([value])
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.DataFrame):
        return from_pandas(value)
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(value, polars.LazyFrame):
        value = value.collect()
    if polars is not None and isinstance(value, polars.DataFrame):
        return _from_polars(value)
    return None


def _pieces(pieces: Iterable[Any]) -> Iterator[pa.Table]:
    for number, piece in enumerate(pieces, 1):
        table = _whole_table(piece)
        if table is not None:
            yield table
        elif isinstance(piece, list):
            yield _from_rows(piece)
        elif hasattr(piece, "__arrow_c_stream__"):
            yield _stream_of(piece).read_all()
        else:
            kind = _kind(piece)
            raise NodeFailure("python_result_type", type=f"a generator whose item {number} is {kind}", hint=_RETURNABLE)


def _stream_of(value: Any) -> pa.RecordBatchReader:
    try:
        return pa.RecordBatchReader.from_stream(value)
    except pa.ArrowInvalid as error:
        # A single column offers a stream too, but not one of rows.
        raise _not_a_table(value) from error


def _from_polars(frame: Any) -> pa.Table:
    try:
        return frame.to_arrow()
    except Exception as error:
        raise NodeFailure("python_result_invalid", text=str(error), hint="Cast the column to another type.") from error


def _from_rows(rows: list[Any]) -> pa.Table:
    strange = next((row for row in rows if not isinstance(row, dict)), None)
    if strange is not None:
        raise NodeFailure("python_result_type", type=f"a list that holds {_kind(strange)}", hint=_RETURNABLE)
    # A row may lack keys that others have; pyarrow itself would only look at the first row's.
    names = list(dict.fromkeys(key for row in rows for key in row))
    columns = {}
    for name in names:
        try:
            columns[str(name)] = pa.array([row.get(name) for row in rows])
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise NodeFailure(
                "python_result_invalid",
                text=f"column {name}: {error}",
                hint="Give all values of a column one type.",
            ) from error
    return pa.table(columns)


def _kind(value: object) -> str:
    kind = type(value)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return f"{'an' if name[:1] in 'aeio' else 'a'} {name}"


def _not_a_table(result: object) -> NodeFailure:
    hint = _HINTS.get(type(result).__name__, _RETURNABLE)
    return NodeFailure("python_result_type", type=_kind(result), hint=hint)
