"""A DuckDB relation to one parquet file, streamed by DuckDB."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from headrace_runner.failures import NodeFailure
from headrace_runner.stored_forms import column_type, store
from headrace_runner.views import literal, quoted

if TYPE_CHECKING:
    import duckdb

# Under this key the file records the relation's own types; parquet lacks some of them.
_COLUMNS_KEY = "headrace_columns"
_VIEW = "headrace_output"


def write_relation(relation: duckdb.DuckDBPyRelation, path: str) -> int:
    """The number of rows written."""
    import duckdb

    columns = [{"name": name, "type": column_type(kind)} for name, kind in _typed(relation)]
    stored = ", ".join(f"{store(quoted(name), kind)} AS {quoted(name)}" for name, kind in _typed(relation))
    options = (
        f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, "
        f"KV_METADATA {{{_COLUMNS_KEY}: {literal(json.dumps(columns, ensure_ascii=False))}}}"
    )
    try:
        relation.query(_VIEW, f"COPY (SELECT {stored} FROM {_VIEW}) TO {literal(path)} ({options})")
    except duckdb.ConversionException as error:
        raise _overflow(relation) or _its_own(error) from error
    except duckdb.Error as error:
        raise _its_own(error) from error
    counted = relation.query(_VIEW, f"SELECT sum(num_rows) FROM parquet_file_metadata({literal(path)})").fetchone()
    return int(counted[0] or 0) if counted is not None else 0


def _typed(relation: duckdb.DuckDBPyRelation) -> list[tuple[str, duckdb.sqltypes.DuckDBPyType]]:
    return list(zip(relation.columns, relation.types, strict=True))


def _its_own(error: duckdb.Error) -> NodeFailure:
    """The query failed while it ran; the statement that DuckDB quotes is ours and tells a person nothing."""
    text = str(error).partition("\nLINE ")[0]
    code = "python_out_of_memory" if type(error).__name__ == "OutOfMemoryException" else "python_failed"
    return NodeFailure(code, exception=type(error).__name__, text=text)


def _overflow(relation: duckdb.DuckDBPyRelation) -> NodeFailure | None:
    """DuckDB's own message names neither column nor row."""
    for name, kind in _typed(relation):
        if str(kind) not in ("HUGEINT", "UHUGEINT"):
            continue
        column = quoted(name)
        found = relation.query(
            _VIEW,
            f"SELECT row, CAST({column} AS VARCHAR) FROM (SELECT row_number() OVER () AS row, {column} FROM {_VIEW}) "
            f"WHERE {column} IS NOT NULL AND TRY_CAST({column} AS DECIMAL(38,0)) IS NULL LIMIT 1",
        ).fetchone()
        if found is not None:
            return NodeFailure(
                "python_result_invalid",
                text=f"column {name} of row {found[0]} is {found[1]}, which has more than 38 digits",
                hint="Cast the column to DOUBLE or VARCHAR.",
            )
    return None
