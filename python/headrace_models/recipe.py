"""What the engine asks a training for, checked by the engine already."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Split:
    """`kind` is `None` where the data decides."""

    kind: str | None
    test_size: float
    column: str | None
    at: str | None


@dataclass(frozen=True)
class Former:
    """The version that is promoted now, copied to where this process may read it."""

    version: str
    folder: str


@dataclass(frozen=True)
class Recipe:
    node: str
    version: str
    """Where the rows come from, in words: for messages."""
    source: str
    target: str
    """`classification`, `regression`, or `None` where the target decides."""
    task: str | None
    algorithm: str
    """Class paths by task."""
    estimators: dict[str, str]
    hyperparameters: dict[str, Any]
    """Columns that may be features; `None` for all that are not excluded."""
    features: list[str] | None
    exclude: list[str]
    """Columns of the rows that are told apart from features in the prediction table."""
    row_columns: list[str]
    keys: list[str]
    time: str | None
    split: Split
    folds: int | None
    seed: int
    metrics: list[str]
    class_weight: str | dict[str, float] | None
    output_columns: list[str]
    threads: int
    formats: list[str]
    former: Former | None
    data_hash: str
    env_hash: str


def read_recipe(given: dict[str, Any]) -> Recipe:
    """The recipe of a job's config."""
    known = {field.name for field in fields(Recipe)}
    values = {name: value for name, value in given.items() if name in known}
    former = values.pop("former")
    split = Split(**values.pop("split"))
    return Recipe(split=split, former=None if former is None else Former(**former), **values)
