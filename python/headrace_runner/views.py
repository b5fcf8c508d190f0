"""The inputs as views of a DuckDB connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headrace_runner.variables import watch_queries

if TYPE_CHECKING:
    import duckdb

    from headrace_runner.job import Job


def open_connection(job: Job) -> duckdb.DuckDBPyConnection:
    """An in-memory database with a view for each input: `kind.name`, `name`, and `input_0` and so on."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {"temp_directory": job.scratch}
    if job.memory is not None:
        config["memory_limit"] = f"{job.memory}B"
    watch_queries(duckdb.DuckDBPyConnection, {one.id.partition(".")[2]: one.id for one in job.inputs})
    connection = duckdb.connect(":memory:", config=config)
    bare: set[str] = set()
    for position, one in enumerate(job.inputs):
        kind, name = one.id.split(".", 1)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(kind)}")
        connection.execute(f"CREATE VIEW {quoted(kind)}.{quoted(name)} AS {one.query}")
        for alias in (f"input_{position}", name):
            if alias not in bare:
                bare.add(alias)
                connection.execute(f"CREATE VIEW {quoted(alias)} AS {one.query}")
    return connection


def quoted(name: str) -> str:
    """An identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string in SQL."""
    return "'" + text.replace("'", "''") + "'"
