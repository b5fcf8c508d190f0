"""Writes what the function returned as one parquet file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from headrace.relation import InputRelation
from headrace_runner.failures import NodeFailure

if TYPE_CHECKING:
    import duckdb

    from headrace.context import Context
    from headrace_runner.job import Job


def write_result(result: Any, context: Context, job: Job) -> int:
    """The number of rows written to `job.output`."""
    if result is None:
        raise NodeFailure("python_no_output")
    relation = as_relation(result)
    if relation is not None:
        from headrace_runner.relations import write_relation

        return write_relation(relation, job.output)
    from headrace_runner.parquet import needs_duckdb, write_tables
    from headrace_runner.schemas import settle
    from headrace_runner.tables import tables_of

    schema, tables = settle(tables_of(result))
    if not needs_duckdb(schema):
        return write_tables(schema, tables, job.output)
    import pyarrow

    from headrace_runner.relations import write_relation

    batches = (batch for table in tables for batch in table.to_batches())
    reader = pyarrow.RecordBatchReader.from_batches(schema, batches)
    return write_relation(context.duckdb.from_arrow(reader), job.output)


def as_relation(result: Any) -> duckdb.DuckDBPyRelation | None:
    """DuckDB's relations are written by DuckDB itself, with their exact types and without passing through Python."""
    if isinstance(result, InputRelation):
        return result.relation
    duckdb = sys.modules.get("duckdb")
    if duckdb is not None and isinstance(result, duckdb.DuckDBPyRelation):
        return result  # type: ignore[no-any-return]
    return None
