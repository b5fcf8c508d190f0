from __future__ import annotations

import os

# As the engine has it: set before a library asks. On a busy machine threads that wait for each other take minutes.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

# ruff: noqa: E402
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headrace.context import Context
from headrace_runner.job import Input, Job

MakeContext = Callable[..., Context]


@pytest.fixture
def make_context(tmp_path: Path) -> MakeContext:
    """A context whose inputs are given as `id=[rows]`, dots written as two underscores."""

    def make(**inputs: list[dict[str, Any]]) -> Context:
        given = []
        for key, rows in inputs.items():
            id = key.replace("__", ".")
            file = str(tmp_path / f"{id}.parquet")
            table = pa.Table.from_pylist(rows)
            pq.write_table(table, file)
            given.append(Input(id, file, table.column_names, f"SELECT * FROM read_parquet('{file}')"))
        return Context(make_job(tmp_path, tuple(given)))

    return make


def make_job(folder: Path, inputs: tuple[Input, ...] = ()) -> Job:
    return Job(
        task="run",
        project=str(folder),
        file="node.py",
        function="run",
        node={"id": "transform.run", "kind": "transform", "name": "run"},
        inputs=inputs,
        params={},
        config={},
        date="2024-06-30",
        start=None,
        end=None,
        scratch=str(folder),
        output=str(folder / "output.parquet"),
        memory=None,
        cpu_seconds=None,
        network=True,
        expects_output=True,
        hidden=[str(Path.home())],
    )
