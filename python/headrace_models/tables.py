"""Tables that a training leaves behind, each a parquet file with a schema of its own."""

from __future__ import annotations

import os
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_TEXT, _NUMBER, _WHOLE = pa.string(), pa.float64(), pa.int64()
SCHEMAS: dict[str, pa.Schema] = {
    "metrics": pa.schema(
        [
            ("version", _TEXT),
            ("model", _TEXT),
            ("split", _TEXT),
            ("fold", _WHOLE),
            ("metric", _TEXT),
            ("value", _NUMBER),
            ("larger_is_better", pa.bool_()),
            ("rows", _WHOLE),
        ]
    ),
    "importance": pa.schema(
        [
            ("version", _TEXT),
            ("model", _TEXT),
            ("feature", _TEXT),
            ("kind", _TEXT),
            ("importance", _NUMBER),
            ("deviation", _NUMBER),
            ("metric", _TEXT),
        ]
    ),
    "confusion": pa.schema(
        [
            ("version", _TEXT),
            ("model", _TEXT),
            ("actual", _TEXT),
            ("predicted", _TEXT),
            ("rows", _WHOLE),
            ("share", _NUMBER),
        ]
    ),
    "roc": pa.schema(
        [
            ("version", _TEXT),
            ("model", _TEXT),
            ("class", _TEXT),
            ("threshold", _NUMBER),
            ("fpr", _NUMBER),
            ("tpr", _NUMBER),
        ]
    ),
    "pr": pa.schema(
        [
            ("version", _TEXT),
            ("model", _TEXT),
            ("class", _TEXT),
            ("threshold", _NUMBER),
            ("precision", _NUMBER),
            ("recall", _NUMBER),
        ]
    ),
    "calibration": pa.schema(
        [
            ("version", _TEXT),
            ("model", _TEXT),
            ("class", _TEXT),
            ("bin", _WHOLE),
            ("predicted", _NUMBER),
            ("observed", _NUMBER),
            ("rows", _WHOLE),
        ]
    ),
}


def write_rows(folder: str, name: str, version: str, rows: list[dict[str, Any]]) -> None:
    """One table of rows; each gets the version."""
    table = pa.Table.from_pylist([{"version": version, **row} for row in rows], schema=SCHEMAS[name])
    write_table(folder, name, table)


def write_table(folder: str, name: str, table: pa.Table) -> None:
    """A table as `<name>.parquet` in the folder."""
    os.makedirs(folder, exist_ok=True)
    pq.write_table(table, os.path.join(folder, f"{name}.parquet"), compression="zstd", store_schema=False)
