"""The inputs as views of a DuckDB connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headrace_runner.job import Input, Job

if TYPE_CHECKING:
    import duckdb


def open_connection(job: Job) -> duckdb.DuckDBPyConnection:
    """An in-memory database with a view for each input: `kind.name`, `name`, and `input_0` and so on."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {"temp_directory": job.scratch}
    if job.memory is not None:
        config["memory_limit"] = f"{job.memory}B"
    connection = duckdb.connect(":memory:", config=config)
    bare: set[str] = set()
    for position, one in enumerate(job.inputs):
        query = select_from(one)
        kind, name = one.id.split(".", 1)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(kind)}")
        connection.execute(f"CREATE VIEW {quoted(kind)}.{quoted(name)} AS {query}")
        connection.execute(f"CREATE VIEW {quoted(f'input_{position}')} AS {query}")
        if name not in bare:
            bare.add(name)
            connection.execute(f"CREATE VIEW {quoted(name)} AS {query}")
    return connection


def select_from(one: Input) -> str:
    """Reads the parquet and gives each column back the type its node declared."""
    file = one.file.replace("'", "''")
    columns = ", ".join(f"CAST({quoted(c.name)} AS {c.type}) AS {quoted(c.name)}" for c in one.columns)
    return f"SELECT {columns or '*'} FROM read_parquet('{file}')"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
