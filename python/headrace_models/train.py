"""First code of a training: the engine calls `train`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headrace.context import Context


def prepare(threads: int) -> None:
    """A fixed number of threads, set before any library asks, and this package within reach."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
        os.environ[name] = str(threads)
    runtime = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path.insert(0, runtime)
    try:
        import headrace_models
    finally:
        sys.path.remove(runtime)
    assert headrace_models


def train(context: Context) -> Any:
    """Trains on the one input; its tables, artifact and report are left in the scratch folder."""
    prepare(int(context.config["recipe"]["threads"]))
    from headrace_models.training import run_training

    return run_training(context)
