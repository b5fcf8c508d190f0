"""Limits of the node's process."""
from __future__ import annotations
from headrace_runner.job import Job

def confine(job: Job) -> bool:
    return False

def limit(memory: int | None, cpu_seconds: float | None) -> None:
    pass
