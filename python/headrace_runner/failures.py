"""Failures a person can act on: a code of the engine's catalogue, its parameters and the user's own line."""

from __future__ import annotations

import os
import re
import traceback
from types import TracebackType
from typing import Any

from headrace_runner import protocol
from headrace_runner.shadowing import hidden_module


class NodeFailure(Exception):
    """Raised by the runtime itself; `code` is an entry of the engine's error catalogue."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Place:
    """A line of the user's own code; `file` is relative to the project."""

    def __init__(self, file: str, line: int, column: int, function: str) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.function = function


def user_frames(error: BaseException, project: str) -> list[traceback.FrameSummary]:
    """The frames of the project's own files, outermost first."""
    return [frame for frame in _frames(error.__traceback__) if _is_users(frame.filename, project)]


def _frames(start: TracebackType | None) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(start))


def _is_users(file: str, project: str) -> bool:
    if not file.startswith(project + os.sep):
        return False
    # An environment inside the project is not the user's own code.
    return "site-packages" not in file and f"{os.sep}target{os.sep}" not in file[len(project) :]


def relative(file: str, project: str) -> str:
    return os.path.relpath(file, project).replace(os.sep, "/")


def place_of(error: BaseException, project: str) -> Place | None:
    """Where in the project's own files the error came from: the innermost of them."""
    if isinstance(error, SyntaxError) and error.filename and _is_users(error.filename, project):
        return Place(relative(error.filename, project), error.lineno or 1, error.offset or 1, "<module>")
    frames = user_frames(error, project)
    if not frames:
        return None
    last = frames[-1]
    return Place(relative(last.filename, project), last.lineno or 1, (last.colno or 0) + 1, last.name)


def send_failure(error: BaseException, project: str) -> None:
    """Tells the engine what went wrong; the traceback shows the user's own frames and those alone."""
    code, params = _classify(error, project)
    place = place_of(error, project)
    frames = traceback.format_list(user_frames(error, project))
    protocol.send(
        "error",
        code=code,
        params=params,
        place=None if place is None else vars(place),
        traceback="".join(frames).splitlines() if frames and not isinstance(error, NodeFailure) else [],
    )


def _classify(error: BaseException, project: str) -> tuple[str, dict[str, Any]]:
    if isinstance(error, NodeFailure):
        return error.code, error.params
    if isinstance(error, SystemExit):
        return "python_exited", {"exit": _exit_code(error)}
    if isinstance(error, SyntaxError) and error.filename and _is_users(error.filename, project):
        return "python_syntax", {"text": error.msg or "invalid syntax"}
    hidden = hidden_module(error, project)
    if hidden is not None:
        return "python_module_hidden", {"file": hidden[0], "module": hidden[1], "text": _first_lines(error)}
    if isinstance(error, ModuleNotFoundError) and error.name:
        return "python_module_missing", {"module": error.name}
    missing = _module_that_duckdb_lacks(error)
    if missing is not None:
        return "python_module_missing", {"module": missing}
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return "python_out_of_memory", {"text": _first_lines(error)}
    if isinstance(error, PermissionError) and error.filename:
        return "python_not_permitted", {"path": str(error.filename)}
    return "python_failed", {"exception": type(error).__name__, "text": _first_lines(error)}


def _module_that_duckdb_lacks(error: BaseException) -> str | None:
    if not type(error).__module__.startswith(("duckdb", "_duckdb")):
        return None
    found = re.search(r"Required module '([\w.]+)' failed to import", str(error))
    return None if found is None else found.group(1)


def _exit_code(error: SystemExit) -> int:
    if error.code is None:
        return 0
    return error.code if isinstance(error.code, int) else 1


def _first_lines(error: BaseException) -> str:
    try:
        text = str(error).strip()
    except Exception:
        text = ""
    notes = getattr(error, "__notes__", [])
    return "\n".join([text, *map(str, notes)])[:2000].strip() or type(error).__name__
