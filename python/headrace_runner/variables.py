"""Which Python variables a query may name.

DuckDB looks for an unknown table among the variables of whoever calls it: any function or module of the same name is
then taken for one, and an input of ours would be read through Arrow, all columns of it. Here a query sees the tables
among the caller's variables and nothing else, inputs as relations of the connection itself; views on inputs win.
"""

from __future__ import annotations

import builtins
import re
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

from headrace.relation import InputRelation
from headrace_runner import protocol

if TYPE_CHECKING:
    import duckdb

_METHODS = ("sql", "query", "from_query", "execute")
_TABLE_LIBRARIES = ("pandas", "polars", "pyarrow", "duckdb", "_duckdb", "numpy")


_inputs: dict[str, str] = {}


def watch_queries(connection_class: type[duckdb.DuckDBPyConnection], inputs: dict[str, str]) -> None:
    """Makes every query method of the class see its caller's tables; `inputs` are ids by the names of their views."""
    _inputs.update(inputs)
    for name in _METHODS:
        setattr(connection_class, name, _scoped(getattr(connection_class, name)))


def _scoped(method: Any) -> Any:
    def call(self: Any, *arguments: Any, **options: Any) -> Any:
        caller = sys._getframe(1)
        scope = {**_tables(caller, arguments), "call": method, "self": self, "arguments": arguments, "options": options}
        # The frame of this expression is the one in which DuckDB looks.
        return eval("call(self, *arguments, **options)", {"__builtins__": builtins}, scope)

    call.__name__ = method.__name__
    call.__doc__ = method.__doc__
    return call


def _tables(caller: FrameType, arguments: tuple[Any, ...]) -> dict[str, Any]:
    """The caller's tables that the query may mean: those whose names are in its text."""
    if str(caller.f_globals.get("__name__")).startswith("headrace"):
        return {}
    text = str(arguments[0]).lower() if arguments else ""
    _warn_of_namesakes(caller, text)
    variables = {**caller.f_globals, **caller.f_locals}
    return {name: _as_table(value) for name, value in variables.items() if name.lower() in text and _is_table(value)}


def _warn_of_namesakes(caller: FrameType, text: str) -> None:
    """A frame called like an input is not what the query reads: that would otherwise be a wrong result in silence."""
    for name, id in _inputs.items():
        value = caller.f_locals.get(name)
        if value is None or isinstance(value, InputRelation) or not _is_table(value):
            continue
        if re.search(rf"\b(from|join)\s+{re.escape(name)}\b(?!\s*\.)", text):
            protocol.send(
                "log",
                level="warning",
                text=f"The query reads the input {id}, not the variable {name}: give the variable another name",
            )


def _is_table(value: object) -> bool:
    if isinstance(value, InputRelation):
        return True
    if type(value).__module__.partition(".")[0] in _TABLE_LIBRARIES:
        return True
    return not isinstance(value, type) and hasattr(value, "__arrow_c_stream__")


def _as_table(value: object) -> object:
    return value.relation if isinstance(value, InputRelation) else value
