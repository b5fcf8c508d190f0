"""What charts draw: ROC, precision and recall, calibration and confusion, as rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn import metrics as sk

from headrace_models.scores import Answers

Row = dict[str, Any]
_MOST_POINTS = 1000
_BINS = 10


def _judged(answers: Answers, labels: list[str]) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Class, whether each row is of it, and its probability: for two classes the positive one alone."""
    if answers.probability is None:
        return []
    places = [1] if answers.classes == 2 else range(answers.classes)
    judged = [(labels[at], (answers.actual == at).astype(int), answers.probability[:, at]) for at in places]
    return [one for one in judged if 0 < one[1].sum() < len(one[1])]


def _thinned(count: int) -> np.ndarray:
    if count <= _MOST_POINTS:
        return np.arange(count)
    return np.unique(np.linspace(0, count - 1, _MOST_POINTS).round().astype(int))


def _threshold(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def roc(model: str, answers: Answers, labels: list[str]) -> list[Row]:
    """False and true positive rates by threshold; NULL is the threshold above every row."""
    rows: list[Row] = []
    for label, actual, probability in _judged(answers, labels):
        fpr, tpr, thresholds = sk.roc_curve(actual, probability)
        rows += [
            {"model": model, "class": label, "threshold": _threshold(thresholds[at]), "fpr": fpr[at], "tpr": tpr[at]}
            for at in _thinned(len(fpr))
        ]
    return rows


def precision_recall(model: str, answers: Answers, labels: list[str]) -> list[Row]:
    """Precision and recall by threshold; the last point of a curve has none."""
    rows: list[Row] = []
    for label, actual, probability in _judged(answers, labels):
        precision, recall, thresholds = sk.precision_recall_curve(actual, probability, drop_intermediate=True)
        known = [*(float(value) for value in thresholds), None]
        rows += [
            {"model": model, "class": label, "threshold": known[at], "precision": precision[at], "recall": recall[at]}
            for at in _thinned(len(precision))
        ]
    return rows


def calibration(model: str, answers: Answers, labels: list[str]) -> list[Row]:
    """Rows by their probability in ten bins: what was said on average, and how often it came true."""
    rows: list[Row] = []
    for label, actual, probability in _judged(answers, labels):
        bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
        for at in range(_BINS):
            inside = bins == at
            if not inside.any():
                continue
            rows.append(
                {
                    "model": model,
                    "class": label,
                    "bin": at,
                    "predicted": float(probability[inside].mean()),
                    "observed": float(actual[inside].mean()),
                    "rows": int(inside.sum()),
                }
            )
    return rows


def confusion(model: str, answers: Answers, labels: list[str]) -> list[Row]:
    """How many rows of each class were taken for which; `share` is of the actual class."""
    counts = sk.confusion_matrix(answers.actual, answers.predicted, labels=list(range(len(labels))))
    return [
        {
            "model": model,
            "actual": actual,
            "predicted": predicted,
            "rows": int(counts[at, to]),
            "share": float(counts[at, to] / counts[at].sum()) if counts[at].sum() else None,
        }
        for at, actual in enumerate(labels)
        for to, predicted in enumerate(labels)
        if len(labels) <= 50 or counts[at, to] > 0
    ]
