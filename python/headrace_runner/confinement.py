"""What a node's process may reach and use: files, memory, CPU time."""

from __future__ import annotations

import math
import os
import sys
from typing import TYPE_CHECKING

from headrace_runner import landlock

if TYPE_CHECKING:
    from headrace_runner.job import Job

# Files of a project that hold passwords; a node's function has no business with them.
_SECRET_NAMES = ("profiles.yml", "profiles.yaml", ".env", ".git")
# Libraries map data of their own and a stack for each thread, which a person who says 300 MB does not mean.
_LIBRARIES = 256_000_000


def confine(job: Job) -> bool:
    """Writing only below the scratch folder; reading anything but the home folder and the project's secrets.

    False where the operating system offers no way to do so.
    """
    if not sys.platform.startswith("linux"):
        return False
    precompile()
    readable = [
        *outside([*job.hidden, job.project]),
        *_project_entries(job.project),
        *(one.file for one in job.inputs),
        *_interpreter_folders(),
    ]
    return landlock.restrict(
        read=readable,
        list_only=[job.project],
        write=[job.scratch, "/dev"],
        network=job.network,
    )


def precompile() -> None:
    """Keeps the bytecode of this package's modules: from inside the confinement it could never be written."""
    import importlib.util

    folder = os.path.dirname(os.path.abspath(__file__))
    stale = [
        path
        for path in (os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".py"))
        if not _is_fresh(importlib.util.cache_from_source(path), path)
    ]
    if not stale or not os.access(folder, os.W_OK):
        return
    import py_compile

    for path in stale:
        py_compile.compile(path, quiet=2)


def _is_fresh(compiled: str, source: str) -> bool:
    try:
        return os.stat(compiled).st_mtime >= os.stat(source).st_mtime
    except OSError:
        return False


def outside(hidden: list[str]) -> list[str]:
    """The fewest folders that together hold everything but the hidden ones."""
    kept: list[str] = []
    real = [os.path.realpath(path) for path in hidden if path not in ("", "/")]

    def visit(folder: str) -> None:
        if folder in real:
            return
        inside = folder if folder == "/" else folder + "/"
        if not any(path.startswith(inside) for path in real):
            kept.append(folder)
            return
        try:
            names = os.listdir(folder)
        except OSError:
            return
        for name in names:
            visit(inside + name)

    visit("/")
    return kept


def _project_entries(project: str) -> list[str]:
    return [
        os.path.join(project, name)
        for name in os.listdir(project)
        if name not in _SECRET_NAMES and not name.startswith(".env")
    ]


def _interpreter_folders() -> list[str]:
    runtime = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return [sys.prefix, os.path.realpath(sys.base_prefix), sys.base_prefix, runtime]


def limit(memory: int | None, cpu_seconds: float | None) -> None:
    """Bytes of memory and seconds of CPU time, where the operating system can hold a process to them."""
    if sys.platform == "win32":
        return
    import resource

    if memory is not None and sys.platform.startswith("linux"):
        allowed = _data_size() + memory + _LIBRARIES
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))
    if cpu_seconds is not None:
        seconds = math.ceil(cpu_seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))


def _data_size() -> int:
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
