"""How much worse the model gets when a feature's values are shuffled among the test rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from headrace_models.columns import FeatureColumn

# More rows or repeats change the order of features little and cost much.
_MOST_ROWS = 2000
_REPEATS = 5


def permutation(
    matrix: np.ndarray,
    actual: np.ndarray,
    columns: list[FeatureColumn],
    seed: int,
    score: Callable[[np.ndarray, np.ndarray], float | None],
) -> list[dict[str, Any]]:
    """One row a feature, the most important first. `score` of (matrix, actual) is larger for better models."""
    generator = np.random.default_rng(seed)
    if len(matrix) > _MOST_ROWS:
        chosen = np.sort(generator.choice(len(matrix), _MOST_ROWS, replace=False))
        matrix, actual = matrix[chosen], actual[chosen]
    before = score(matrix, actual)

    def drops(places: slice) -> Iterator[float]:
        for _ in range(0 if before is None else _REPEATS):
            shuffled = matrix.copy()
            shuffled[:, places] = shuffled[generator.permutation(len(matrix)), places]
            after = score(shuffled, actual)
            if before is not None and after is not None:
                yield before - after

    rows: list[dict[str, Any]] = []
    at = 0
    for column in columns:
        lost = list(drops(slice(at, at + column.width)))
        at += column.width
        mean, spread = (float(np.mean(lost)), float(np.std(lost))) if lost else (None, None)
        rows.append({"feature": column.name, "kind": column.kind, "importance": mean, "deviation": spread})
    return sorted(rows, key=lambda row: (-(row["importance"] or 0.0), row["feature"]))
