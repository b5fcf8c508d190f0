"""Trainings in this process: a table and a recipe in, tables and files out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from headrace_models.training import run_training

_PATHS = {
    "logistic": {"classification": "sklearn.linear_model.LogisticRegression"},
    "forest": {
        "classification": "sklearn.ensemble.RandomForestClassifier",
        "regression": "sklearn.ensemble.RandomForestRegressor",
    },
    "linear": {"regression": "sklearn.linear_model.LinearRegression"},
    "ridge": {"classification": "sklearn.linear_model.RidgeClassifier"},
}


class _Input:
    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self.columns = table.column_names

    def arrow(self) -> pa.Table:
        return self._table


class _Context:
    def __init__(self, table: pa.Table, recipe: dict[str, Any], scratch: Path) -> None:
        self.inputs = [_Input(table)]
        self.config = {"recipe": recipe}
        self.scratch = str(scratch)

    def progress(self, *_: object) -> None:
        pass


def recipe_of(table: pa.Table, **changes: Any) -> dict[str, Any]:
    """A recipe as the engine writes it; `split` is given by its parts."""
    algorithm = changes.pop("algorithm", "forest")
    split = {"kind": None, "test_size": 0.25, "column": None, "at": None} | changes.pop("split", {})
    defaults: dict[str, Any] = {
        "node": "model.it",
        "version": "v1",
        "source": "transform.rows",
        "target": "y",
        "task": None,
        "algorithm": algorithm,
        "estimators": _PATHS[algorithm],
        "hyperparameters": {"n_estimators": 10} if algorithm == "forest" else {},
        "features": None,
        "exclude": [],
        "row_columns": table.column_names,
        "keys": [],
        "time": None,
        "folds": None,
        "seed": 7,
        "metrics": [],
        "class_weight": None,
        "output_columns": [],
        "threads": 1,
        "formats": [],
        "former": None,
        "data_hash": "d" * 64,
        "env_hash": "e" * 64,
    }
    return defaults | {"split": split} | changes


@dataclass(frozen=True)
class Run:
    table: pa.Table
    folder: Path
    report: dict[str, Any]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """One of the tables beside the main one."""
        rows: list[dict[str, Any]] = pq.read_table(self.folder / "tables" / f"{name}.parquet").to_pylist()
        return rows

    @property
    def artifact(self) -> Path:
        return self.folder / "version" / "model.skops"


def train(columns: dict[str, Any], folder: Path, **changes: Any) -> Run:
    """Trains on a table of these columns."""
    table = pa.table(columns)
    folder.mkdir(parents=True, exist_ok=True)
    made = run_training(_Context(table, recipe_of(table, **changes), folder))  # type: ignore[arg-type]
    report = json.loads((folder / "version" / "report.json").read_text())
    return Run(made, folder, report)
