"""Failures of the engine's catalogue, with the node they are about."""

from __future__ import annotations

from typing import Any

from headrace_runner.failures import NodeFailure


def fail(code: str, **params: Any) -> NodeFailure:
    """An error of the engine's catalogue; the engine adds the node."""
    return NodeFailure(code, **params)


def listed(names: list[str], limit: int = 12) -> str:
    """Names for a message, at most `limit` of them."""
    shown = ", ".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"
