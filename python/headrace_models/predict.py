"""First code of a batch prediction: the engine calls `predict`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headrace.context import Context


def predict(context: Context) -> Any:
    """Applies a trained version to the one input, batch by batch."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
        os.environ[name] = str(int(context.config["recipe"]["threads"]))
    runtime = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path.insert(0, runtime)
    try:
        import headrace_models
    finally:
        sys.path.remove(runtime)
    assert headrace_models
    from headrace_models.prediction import run_prediction

    return run_prediction(context)
