"""Calls the function with what its signature asks for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from headrace.context import Context
from headrace.relation import InputRelation
from headrace_runner.failures import NodeFailure

_CONTEXT_NAMES = {"ctx", "context"}


def call(function: Callable[..., Any], context: Context) -> Any:
    """Nothing, the context, the inputs, or the context and the inputs, as the parameters say.

    A parameter named `ctx` or `context` (or annotated so) gets the context. The others get the inputs: by name when
    every one of them is an input's name, by position when none is. A mix is refused, so that two inputs can never be
    swapped in silence.
    """
    needed = _needed(function)
    wants_context = bool(needed) and (_is_context(needed[0]) or (len(needed) == 1 and not context.inputs))
    for_inputs = needed[1:] if wants_context else needed
    arguments = [context] if wants_context else []
    return function(*arguments, *_inputs_for(for_inputs, context, function))


def _needed(function: Callable[..., Any]) -> list[inspect.Parameter]:
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(function).parameters.values()
    for one in parameters:
        if one.kind is inspect.Parameter.KEYWORD_ONLY and one.default is inspect.Parameter.empty:
            raise _refused(function, f"the keyword-only parameter `{one.name}` has no default")
    return [one for one in parameters if one.kind in positional and one.default is inspect.Parameter.empty]


def _is_context(parameter: inspect.Parameter) -> bool:
    return parameter.name in _CONTEXT_NAMES or parameter.annotation in (Context, "Context")


def _inputs_for(parameters: list[inspect.Parameter], context: Context, function: Callable[..., Any]) -> list[Any]:
    if not parameters:
        return []
    by_name = {name: relation for relation in context.inputs for name in _names(relation)}
    known = [one.name for one in parameters if one.name in by_name]
    if len(known) == len(parameters):
        return [_as_annotated(by_name[one.name], one.annotation) for one in parameters]
    if known:
        strange = ", ".join(f"`{one.name}`" for one in parameters if one.name not in by_name)
        raise _refused(function, f"some parameters are named after inputs and {strange} not")
    if len(parameters) != len(context.inputs):
        raise _refused(function, f"it takes {len(parameters)} inputs and the node has {len(context.inputs)}")
    return [_as_annotated(relation, one.annotation) for relation, one in zip(context.inputs, parameters, strict=True)]


def _names(relation: InputRelation) -> tuple[str, ...]:
    return relation.name, relation.id.replace(".", "_")


def _as_annotated(relation: InputRelation, annotation: object) -> Any:
    """`orders: pd.DataFrame` gets a data frame; without an annotation the relation itself."""
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__module__", "")
    if text.startswith(("pandas", "pd.")):
        return relation.df()
    if text.startswith(("polars", "pl.")):
        return relation.pl().lazy() if "LazyFrame" in str(annotation) else relation.pl()
    if text.startswith(("pyarrow", "pa.")):
        return relation.arrow()
    return relation


def _refused(function: Callable[..., Any], why: str) -> NodeFailure:
    return NodeFailure("python_signature", function=getattr(function, "__name__", "?"), why=why)
