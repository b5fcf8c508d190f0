"""pandas frames as Arrow tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from headrace_runner.failures import NodeFailure

if TYPE_CHECKING:
    import pandas


def from_pandas(frame: pandas.DataFrame) -> pa.Table:
    """Named levels of the index become the first columns; an index without a name is only row numbers and is left."""
    named = [name for name in frame.index.names if name is not None]
    if named:
        clash = [str(name) for name in named if name in frame.columns]
        if clash:
            raise NodeFailure(
                "python_result_invalid",
                text=f"{', '.join(clash)} is the name of a column and of the index",
                hint="Call .reset_index(drop=True), or rename one of them.",
            )
        frame = frame.reset_index(level=named)
    try:
        table = pa.Table.from_pandas(frame, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, ValueError) as error:
        text = "; ".join(str(part) for part in error.args)
        raise NodeFailure("python_result_invalid", text=text, hint="Give all values of the column one type.") from error
    names = [_column_name(name) for name in frame.columns]
    columns = [_in_microseconds(column) for column in table.columns]
    return pa.table(columns, names=names)


def _column_name(name: object) -> str:
    # A frame with several header rows has tuples for names.
    return "_".join(str(part) for part in name if part != "") if isinstance(name, tuple) else str(name)


def _in_microseconds(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """pandas 2 keeps every time in nanoseconds, wanted or not; whole microseconds are what everything else reads."""
    kind = column.type
    if not (pa.types.is_timestamp(kind) or pa.types.is_duration(kind)) or kind.unit != "ns":
        return column
    coarser = pa.timestamp("us", kind.tz) if pa.types.is_timestamp(kind) else pa.duration("us")
    try:
        return pc.cast(column, coarser, safe=True)
    except pa.ArrowInvalid:
        return column
