"""Metrics: scikit-learn's own functions on given predictions, by the names that files use."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn import metrics as sk

Score = Callable[["Answers"], float | None]


@dataclass(frozen=True)
class Answers:
    """What is true and what a model says of the same rows."""

    actual: np.ndarray
    predicted: np.ndarray
    """One column a class; `None` for models that give none, and for regressions."""
    probability: np.ndarray | None
    classes: int

    @property
    def present(self) -> int:
        return len(np.unique(self.actual))

    @property
    def average(self) -> dict[str, Any]:
        return {"average": "binary"} if self.classes == 2 else {"average": "macro"}


def _needs_probability(score: Callable[[Answers, np.ndarray], float]) -> Score:
    return lambda answers: None if answers.probability is None else score(answers, answers.probability)


def _roc_auc(answers: Answers, probability: np.ndarray) -> float:
    if answers.present < 2:
        return math.nan
    if answers.classes == 2:
        return float(sk.roc_auc_score(answers.actual, probability[:, 1]))
    if answers.present < answers.classes:
        return math.nan
    return float(sk.roc_auc_score(answers.actual, _normal(probability), multi_class="ovr", average="macro"))


def _normal(probability: np.ndarray) -> np.ndarray:
    return np.asarray(probability / probability.sum(axis=1, keepdims=True))


def _average_precision(answers: Answers, probability: np.ndarray) -> float:
    if answers.present < 2:
        return math.nan
    if answers.classes == 2:
        return float(sk.average_precision_score(answers.actual, probability[:, 1]))
    wanted = np.eye(answers.classes)[answers.actual.astype(int)]
    return float(sk.average_precision_score(wanted, probability, average="macro"))


def _log_loss(answers: Answers, probability: np.ndarray) -> float:
    return float(sk.log_loss(answers.actual, _normal(probability), labels=list(range(answers.classes))))


def _brier(answers: Answers, probability: np.ndarray) -> float:
    if answers.classes != 2:
        return math.nan
    return float(sk.brier_score_loss(answers.actual, probability[:, 1], labels=[0, 1], pos_label=1))


def _balanced_accuracy(answers: Answers) -> float:
    return float(
        sk.recall_score(
            answers.actual, answers.predicted, average="macro", zero_division=0.0, labels=np.unique(answers.actual)
        )
    )


CLASSIFICATION: dict[str, Score] = {
    "accuracy": lambda a: float(sk.accuracy_score(a.actual, a.predicted)),
    "balanced_accuracy": _balanced_accuracy,
    "precision": lambda a: float(sk.precision_score(a.actual, a.predicted, zero_division=0.0, **a.average)),
    "recall": lambda a: float(sk.recall_score(a.actual, a.predicted, zero_division=0.0, **a.average)),
    "f1": lambda a: float(sk.f1_score(a.actual, a.predicted, zero_division=0.0, **a.average)),
    "matthews": lambda a: float(sk.matthews_corrcoef(a.actual, a.predicted)),
    "roc_auc": _needs_probability(_roc_auc),
    "average_precision": _needs_probability(_average_precision),
    "log_loss": _needs_probability(_log_loss),
    "brier": _needs_probability(_brier),
}

REGRESSION: dict[str, Score] = {
    "rmse": lambda a: float(sk.root_mean_squared_error(a.actual, a.predicted)),
    "mae": lambda a: float(sk.mean_absolute_error(a.actual, a.predicted)),
    "median_absolute_error": lambda a: float(sk.median_absolute_error(a.actual, a.predicted)),
    "mape": lambda a: float(sk.mean_absolute_percentage_error(a.actual, a.predicted)),
    "max_error": lambda a: float(sk.max_error(a.actual, a.predicted)),
    "r2": lambda a: float(sk.r2_score(a.actual, a.predicted)) if len(a.actual) > 1 else math.nan,
    "explained_variance": lambda a: float(sk.explained_variance_score(a.actual, a.predicted)),
}

OF_PROBABILITIES = frozenset({"roc_auc", "average_precision", "log_loss", "brier"})
SMALLER_IS_BETTER = frozenset({"log_loss", "brier", "rmse", "mae", "median_absolute_error", "mape", "max_error"})


def names_for(task: str, wanted: list[str]) -> list[str]:
    """The metrics of a task, those that are asked for or all."""
    known = CLASSIFICATION if task == "classification" else REGRESSION
    return [name for name in wanted if name in known] or list(known)


def main_metric(task: str, wanted: list[str], has_probability: bool) -> str:
    """The one that decides where one has to."""
    first = next(
        (name for name in wanted if name in (CLASSIFICATION if task == "classification" else REGRESSION)), None
    )
    if first is not None:
        return first
    if task == "regression":
        return "rmse"
    return "roc_auc" if has_probability else "f1"


def score_all(task: str, names: list[str], answers: Answers) -> dict[str, float | None]:
    """Each metric's value; `None` where the rows or the model do not give it one."""
    if len(answers.actual) == 0:
        return dict.fromkeys(names)
    known = CLASSIFICATION if task == "classification" else REGRESSION
    return {name: _plain(known[name](answers)) for name in names}


def _plain(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
