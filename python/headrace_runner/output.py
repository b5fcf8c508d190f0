"""Writes what the function returned."""
from __future__ import annotations
from typing import Any
from headrace.context import Context
from headrace_runner.job import Job

def write_result(result: Any, context: Context, job: Job) -> int:
    import pyarrow as pa, pyarrow.parquet as pq
    table = pa.Table.from_pandas(result, preserve_index=False)
    pq.write_table(table, job.output, compression="zstd", row_group_size=1_000_000)
    return table.num_rows
