"""A trained model with everything that turns a table into predictions: kept in a version's folder, read from there."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from headrace_models.artifact import load, save
from headrace_models.columns import FeatureColumn, encode, kind_of
from headrace_models.failure import fail, listed
from headrace_models.scores import Answers
from headrace_models.target import Target

# More classes than this get no column of probabilities each.
_MOST_PROBABILITIES = 20


@dataclass(frozen=True)
class Judged:
    """Class codes or numbers, and a column of probabilities for each class where the model gives them."""

    predicted: np.ndarray
    probability: np.ndarray | None

    def at(self, rows: np.ndarray) -> Judged:
        """Those of some rows."""
        return Judged(self.predicted[rows], None if self.probability is None else self.probability[rows])

    def of(self, rows: np.ndarray, actual: np.ndarray, classes: int) -> Answers:
        """Some rows beside what is true of them."""
        chosen = self.at(rows)
        return Answers(actual, chosen.predicted, chosen.probability, classes)


@dataclass(frozen=True)
class Trained:
    pipeline: Any
    columns: list[FeatureColumn]
    target: Target
    """Codes of the classes that the training rows have: what the pipeline answers with, by place."""
    fitted: list[int]

    def answers(self, matrix: np.ndarray, actual: np.ndarray) -> Answers:
        """What it says of rows whose truth is known."""
        return self.judge(matrix).of(np.arange(len(matrix)), actual, len(self.target.classes))

    def judge(self, matrix: np.ndarray) -> Judged:
        """What it says of each row of a matrix that `columns.encode` made."""
        if len(matrix) == 0:
            return Judged(np.empty(0), self.probabilities(matrix))
        predicted = np.asarray(self.pipeline.predict(matrix))
        if self.target.task == "regression":
            return Judged(predicted.astype(float), None)
        return Judged(np.asarray(self.fitted)[predicted.astype(int)], self.probabilities(matrix))

    def probabilities(self, matrix: np.ndarray) -> np.ndarray | None:
        """A column for each class; `None` for models that give none."""
        if not self.gives_probability:
            return None
        if len(matrix) == 0:
            return self._spread(np.empty((0, len(self.fitted))))
        return self._spread(np.asarray(self.pipeline.predict_proba(matrix), dtype=float))

    @property
    def gives_probability(self) -> bool:
        return self.target.task == "classification" and hasattr(self.pipeline, "predict_proba")

    def _spread(self, fitted: np.ndarray) -> np.ndarray:
        spread = np.zeros((len(fitted), len(self.target.classes)))
        spread[:, self.fitted] = fitted
        return spread

    def predictions(self, table: pa.Table) -> dict[str, pa.Array]:
        """The columns that predictions add to a table."""
        return self.named(self.judge(encode(table, self.columns)))

    def named(self, judged: Judged) -> dict[str, pa.Array]:
        """Predictions as columns."""
        added = {"prediction": self.target.values(judged.predicted)}
        if judged.probability is not None:
            for name, at in self.probability_names().items():
                added[name] = pa.array(judged.probability[:, at], pa.float64())
        return added

    def probability_names(self) -> dict[str, int]:
        """Names of columns of probabilities, each with the place of its class."""
        if not self.gives_probability:
            return {}
        if len(self.target.classes) == 2:
            return {"probability": 1}
        shown = enumerate(self.target.labels[:_MOST_PROBABILITIES])
        return {f"probability_{label}": at for at, label in shown}

    def store(self, folder: str) -> None:
        """Leaves artifact and columns in the folder."""
        save(self.pipeline, os.path.join(folder, "model.skops"))
        described = {
            "columns": [column.to_json() for column in self.columns],
            "target": self.target.to_json(),
            "fitted": self.fitted,
        }
        with open(os.path.join(folder, "columns.json"), "w", encoding="utf-8") as file:
            json.dump(described, file, indent=1, ensure_ascii=False)


def open_trained(folder: str, version: str) -> Trained:
    """Reads what `store` left. Throws for a damaged artifact and for types it must not hold."""
    try:
        with open(os.path.join(folder, "columns.json"), encoding="utf-8") as file:
            described = json.load(file)
        columns = [FeatureColumn(**column) for column in described["columns"]]
        target = Target(**described["target"])
        fitted = [int(code) for code in described["fitted"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise fail("model_artifact_damaged", version=version, text=str(error)) from error
    return Trained(load(os.path.join(folder, "model.skops"), version), columns, target, fitted)


def check_columns(trained: Trained, schema: pa.Schema, source: str, version: str) -> None:
    """Every column the model was trained on is there, and of the kind it was. Throws with all that are not."""
    missing = [column.name for column in trained.columns if column.name not in schema.names]
    if missing:
        raise fail("model_columns_missing", columns=listed(missing), source=source, version=version)
    for column in trained.columns:
        type = schema.field(column.name).type
        if pa.types.is_null(type) or _fits(column.kind, kind_of(type)):
            continue
        params = {"column": column.name, "source": source, "version": version}
        raise fail("model_column_type", type=str(type), wanted=column.type, **params)


def _fits(wanted: str, found: str | None) -> bool:
    numeric = ("number", "boolean")
    return wanted == found or (wanted in numeric and found in numeric)


def with_rows(table: pa.Table, kept: list[str], added: dict[str, pa.Array], wanted: list[str]) -> pa.Table:
    """Columns of the rows beside the predictions: the wanted ones in their order, or all of both."""
    taken = [name for name in kept if name in added and (not wanted or name in wanted)]
    if taken and not (wanted and all(name not in kept for name in taken)):
        raise fail("model_column_taken", column=taken[0])
    names = order_columns(kept, list(added), wanted)
    columns = [added[name] if name in added else table.column(name) for name in names]
    return pa.table(dict(zip(names, columns, strict=True)))


def order_columns(kept: list[str], added: list[str], wanted: list[str]) -> list[str]:
    """Names of the output: without a wish all; a wish without a prediction gets all predictions after it."""
    if not wanted:
        return [*kept, *added]
    unknown = [name for name in wanted if name not in kept and name not in added]
    if unknown:
        raise fail("model_output_unknown", column=unknown[0], known=listed([*added, *kept], 20))
    return wanted if any(name in added for name in wanted) else [*wanted, *added]
