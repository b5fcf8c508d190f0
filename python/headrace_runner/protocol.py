"""Messages to the engine: JSON lines on a descriptor of their own, so that `print` can never be taken for one."""

from __future__ import annotations

import json
import os
from typing import Any

_LONGEST = 512_000
_descriptor = 3


def open_protocol() -> None:
    """Moves the descriptor out of reach of programs that the function starts."""
    global _descriptor
    try:
        moved = os.dup(3)
        os.set_inheritable(moved, False)
        os.close(3)
        _descriptor = moved
    except OSError:
        _descriptor = -1


def send(type: str, **fields: Any) -> None:
    """Sends one message; a node that runs without an engine keeps them to itself."""
    if _descriptor < 0:
        return
    text = json.dumps({"type": type, **fields}, default=str)
    if len(text) > _LONGEST:
        text = json.dumps({"type": type, "truncated": True})
    rest = f"\n{text}\n".encode()
    while rest:
        rest = rest[os.write(_descriptor, rest) :]
