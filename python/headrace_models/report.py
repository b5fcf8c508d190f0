"""What a training says about itself: kept as report.json beside the artifact, and read by the engine."""

from __future__ import annotations

import json
import os
from typing import Any

from headrace_models.data import Data
from headrace_models.recipe import Recipe
from headrace_models.scores import SMALLER_IS_BETTER, Answers, score_all


class Report:
    """Collects scores, rows for tables and warnings while a model is trained."""

    def __init__(self, recipe: Recipe, data: Data) -> None:
        self.recipe = recipe
        self.data = data
        self.main_metric = ""
        self.former_note: str | None = None
        """What to know about the comparison with the promoted version; why there is none, where there is none."""
        self.warnings: list[str] = list(data.warnings)
        self.rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("metrics", "importance", "confusion", "roc", "pr", "calibration")
        }
        self.scores: dict[str, dict[str, float | None]] = {}
        """By `<model>.<split>`: `model.test`, `baseline.test`, `promoted.test`, `model.train`."""

    def warn(self, texts: list[str]) -> None:
        """Warnings of the node; each is said once."""
        self.warnings += [text for text in texts if text not in self.warnings]

    def score(self, model: str, split: str, names: list[str], answers: Answers, fold: int | None = None) -> None:
        """Measures answers and keeps the values."""
        values = score_all(self.data.target.task, names, answers)
        if fold is None:
            self.scores[f"{model}.{split}"] = values
        for name, value in values.items():
            self.rows["metrics"].append(
                {
                    "model": model,
                    "split": split,
                    "fold": fold,
                    "metric": name,
                    "value": value,
                    "larger_is_better": name not in SMALLER_IS_BETTER,
                    "rows": len(answers.actual),
                }
            )

    def add(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Rows for one of the tables."""
        self.rows[table] += rows

    def importance(self, rows: list[dict[str, Any]]) -> None:
        """The model's own importances come before those of the promoted version."""
        own = [{"model": "model", **row, "metric": self.main_metric} for row in rows]
        self.rows["importance"] = [*own, *self.rows["importance"]]

    def former_importance(self, rows: list[dict[str, Any]]) -> None:
        """As they were when the promoted version was trained."""
        kept = ("feature", "kind", "importance", "deviation", "metric")
        self.rows["importance"] += [{"model": "promoted", **{name: row.get(name) for name in kept}} for row in rows]

    @property
    def features(self) -> list[dict[str, str]]:
        return [{"name": column.name, "kind": column.kind, "type": column.type} for column in self.data.columns]

    def to_json(self) -> dict[str, Any]:
        """Everything but the rows of the curves."""
        recipe, data = self.recipe, self.data
        return {
            "version": recipe.version,
            "node": recipe.node,
            "task": data.target.task,
            "algorithm": recipe.estimators[data.target.task].rpartition(".")[2],
            "hyperparameters": recipe.hyperparameters,
            "class_weight": recipe.class_weight,
            "target": data.target.name,
            "classes": data.target.labels,
            "features": self.features,
            "split": {
                "kind": data.parts.kind,
                "column": recipe.time if data.parts.kind == "time" else recipe.split.column,
                "cut": data.parts.cut,
                "train_rows": len(data.parts.train),
                "test_rows": len(data.parts.test),
                "rows": data.table.num_rows,
            },
            "folds": recipe.folds,
            "seed": recipe.seed,
            "threads": recipe.threads,
            "data_hash": recipe.data_hash,
            "env_hash": recipe.env_hash,
            "main_metric": self.main_metric,
            "larger_is_better": self.main_metric not in SMALLER_IS_BETTER,
            "scores": self.scores,
            "former": None if recipe.former is None else recipe.former.version,
            "former_note": self.former_note,
            "importance": [
                {name: value for name, value in row.items() if name != "model"}
                for row in self.rows["importance"]
                if row["model"] == "model"
            ],
            "warnings": self.warnings,
        }

    def write(self, folder: str) -> None:
        """Leaves report.json in the folder."""
        with open(os.path.join(folder, "report.json"), "w", encoding="utf-8") as file:
            json.dump(self.to_json(), file, indent=1, ensure_ascii=False)
