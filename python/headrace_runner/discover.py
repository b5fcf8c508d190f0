"""Decorated functions of an imported file as data: for decorators whose arguments are computed."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

from headrace.decorators import description_of


def describe_module(module: ModuleType) -> list[dict[str, Any]]:
    """The functions defined in this very file that are nodes, in the file's order."""
    found: dict[int, dict[str, Any]] = {}
    for function in vars(module).values():
        description = description_of(function)
        if description is None or getattr(function, "__module__", None) != module.__name__:
            continue
        if description.kind is None:
            continue
        code = getattr(inspect.unwrap(function), "__code__", None)
        found[id(function)] = {
            "function": description.function,
            "kind": description.kind,
            "name": description.name,
            "line": code.co_firstlineno if code is not None else 1,
            "options": description.options,
            "materializations": description.materializations,
        }
    return sorted(found.values(), key=lambda node: int(node["line"]))
