"""Arrow tables to one parquet file, with memory for one row group at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from headrace_runner.failures import NodeFailure

# As large as the groups that DuckDB writes: larger ones cost more to scan.
_GROUP_ROWS = 122_880
# Wide rows make smaller groups: what is held must not grow with the width of the table.
_GROUP_BYTES = 64_000_000


def needs_duckdb(schema: pa.Schema) -> bool:
    """Whether parquet has no form of its own for a column: DuckDB's side knows how such a column is kept."""
    return any(_without_form(field.type) for field in schema)


def _without_form(kind: pa.DataType) -> bool:
    if pa.types.is_duration(kind) or pa.types.is_interval(kind) or pa.types.is_union(kind):
        return True
    if pa.types.is_fixed_size_list(kind):
        return True
    return any(_without_form(kind.field(at).type) for at in range(kind.num_fields))


def write_tables(schema: pa.Schema, tables: Iterator[pa.Table], path: str) -> int:
    """The number of rows written."""
    try:
        with pq.ParquetWriter(path, schema, compression="zstd", store_schema=False) as writer:
            return sum(_write_groups(writer, tables))
    except pa.ArrowNotImplementedError as error:
        hint = "Convert the column to another type."
        raise NodeFailure("python_result_invalid", text=str(error), hint=hint) from error


def _write_groups(writer: pq.ParquetWriter, tables: Iterator[pa.Table]) -> Iterator[int]:
    held: list[pa.Table] = []
    rows = size = 0
    for given in tables:
        table = given
        while rows + table.num_rows >= _GROUP_ROWS:
            held.append(table.slice(0, _GROUP_ROWS - rows))
            table = table.slice(_GROUP_ROWS - rows)
            yield _write_group(writer, held)
            held, rows, size = [], 0, 0
        if table.num_rows == 0:
            continue
        held.append(table)
        rows += table.num_rows
        size += table.nbytes
        if size >= _GROUP_BYTES:
            yield _write_group(writer, held)
            held, rows, size = [], 0, 0
    if held:
        yield _write_group(writer, held)


def _write_group(writer: pq.ParquetWriter, tables: list[pa.Table]) -> int:
    group = pa.concat_tables(tables)
    tables.clear()
    writer.write_table(group, row_group_size=_GROUP_ROWS)
    return int(group.num_rows)
