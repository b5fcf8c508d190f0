"""What the engine asks for, as read from the job file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Input:
    id: str
    """Absolute path of a parquet file."""
    file: str
    columns: list[str]
    """Reads the file and gives each column the type that its node declared."""
    query: str


@dataclass(frozen=True)
class Job:
    task: str
    project: str
    """Relative to the project."""
    file: str
    function: str
    node: dict[str, str]
    inputs: tuple[Input, ...]
    params: dict[str, Any]
    config: dict[str, Any]
    date: str
    start: str | None
    end: str | None
    scratch: str
    """Absolute path of the parquet file to write."""
    output: str
    memory: int | None
    cpu_seconds: float | None
    network: bool
    expects_output: bool
    hidden: list[str]
    """Absolute folders that it must not read."""


def read_job(path: str) -> Job:
    with open(path, encoding="utf-8") as file:
        fields = json.load(file)
    inputs = tuple(Input(**one) for one in fields.pop("inputs"))
    return Job(inputs=inputs, **fields)
