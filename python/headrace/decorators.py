"""The decorators that make a function a node: `@source`, `@transform`, `@feature_group` and `@materialize`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Function], Function]

ATTRIBUTE = "__headrace__"


@dataclass
class NodeDescription:
    """What the decorators say about one function."""

    function: str
    kind: str | None = None
    name: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    materializations: list[dict[str, Any]] = field(default_factory=list)


def description_of(function: object) -> NodeDescription | None:
    """The description that decorators attached to this function; `None` for a plain one."""
    found = getattr(function, ATTRIBUTE, None)
    return found if isinstance(found, NodeDescription) else None


def _describe(function: Function) -> NodeDescription:
    found = description_of(function)
    if found is None:
        found = NodeDescription(function=getattr(function, "__name__", "<lambda>"))
        setattr(function, ATTRIBUTE, found)
    return found


def _kind_decorator(kind: str, first: object, name: str | None, options: dict[str, Any]) -> Any:
    def decorate(function: Function) -> Function:
        description = _describe(function)
        description.kind = kind
        description.name = name or description.function
        description.options = options
        return function

    if callable(first):
        return decorate(first)
    if isinstance(first, str):
        name = first
    elif first is not None:
        raise TypeError(f"@{kind} takes the node's name and keyword options, not {type(first).__name__}")
    return decorate


@overload
def source(function: Function, /) -> Function: ...
@overload
def source(name: str | None = None, /, **options: Any) -> Decorator[Any]: ...
def source(first: Any = None, /, *, name: str | None = None, **options: Any) -> Any:
    """A function that reads data from outside; with `source="csv"` and the like, an ordinary source."""
    return _kind_decorator("source", first, name, options)


@overload
def transform(function: Function, /) -> Function: ...
@overload
def transform(name: str | None = None, /, **options: Any) -> Decorator[Any]: ...
def transform(first: Any = None, /, *, name: str | None = None, **options: Any) -> Any:
    """A function that makes a table out of its `inputs`."""
    return _kind_decorator("transform", first, name, options)


@overload
def feature_group(function: Function, /) -> Function: ...
@overload
def feature_group(name: str | None = None, /, **options: Any) -> Decorator[Any]: ...
def feature_group(first: Any = None, /, *, name: str | None = None, **options: Any) -> Any:
    """A function that makes the features of an entity."""
    return _kind_decorator("feature_group", first, name, options)


@overload
def materialize(function: Function, /) -> Function: ...
@overload
def materialize(type: str | None = None, /, **options: Any) -> Decorator[Any]: ...
def materialize(first: Any = None, /, **options: Any) -> Any:
    """A place that the node's result is written to; may be repeated, in any order with the other decorators."""

    def decorate(function: Function) -> Function:
        # Decorators apply from the bottom up; the list reads from the top down, as the file does.
        _describe(function).materializations.insert(0, options)
        return function

    if callable(first):
        return decorate(first)
    if isinstance(first, str):
        options = {"type": first, **options}
    return decorate
