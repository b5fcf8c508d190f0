"""The model card for people and the MLmodel file for MLflow. Neither holds the time of day."""

from __future__ import annotations

import datetime
import json
import os
import platform
from typing import Any

import numpy
import sklearn
import skops

from headrace_models.artifact import unknown_to_skops
from headrace_models.data import Data
from headrace_models.recipe import Recipe
from headrace_models.report import Report
from headrace_models.trained import Trained

_IMPORTANT = 10


def write_card(folder: str, report: Report) -> None:
    """`model_card.md`: what it predicts, of what, how well, and what to beware of."""
    told = report.to_json()
    split = told["split"]
    lines = [
        f"# {told['node']} {told['version']}",
        "",
        f"Predicts `{told['target']}` ({_task(told)}) with {told['algorithm']}.",
        "",
        f"- Rows: {split['train_rows']:,} to train, {split['test_rows']:,} to test, {split['rows']:,} in all.",
        f"- Split: {_split(split)}; seed {told['seed']}.",
        f"- Hyperparameters: {_listing(told['hyperparameters'])}.",
        f"- Features: {', '.join(feature['name'] for feature in told['features'])}.",
        f"- Data `{told['data_hash'][:12]}`, environment `{told['env_hash'][:12]}`.",
        "",
        "## On the test rows",
        "",
        *_scores(told),
        "",
        "The baseline looks at no feature. Train shows what the model says of rows it has seen.",
        "",
        f"## Importance ({told['main_metric']} lost when the feature is shuffled)",
        "",
        *_importances(told),
    ]
    if told["warnings"]:
        lines += ["", "## Beware", "", *(f"- {text}." for text in told["warnings"])]
    _write(folder, "model_card.md", "\n".join(lines) + "\n")


def _task(told: dict[str, Any]) -> str:
    if told["task"] == "regression":
        return "a number"
    classes = told["classes"]
    shown = ", ".join(classes[:10]) + ("" if len(classes) <= 10 else f" and {len(classes) - 10} more")
    return f"{len(classes)} classes: {shown}" + ("; the last is the positive one" if len(classes) == 2 else "")


def _split(split: dict[str, Any]) -> str:
    if split["cut"] is not None:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=split["cut"])
        return f"by time; from {split['column']} = {moment.isoformat(sep=' ')} on is test"
    return f"by group of {split['column']}" if split["kind"] == "group" else str(split["kind"])


def _listing(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {json.dumps(value)}" for name, value in values.items()) or "scikit-learn's defaults"


def _scores(told: dict[str, Any]) -> list[str]:
    scores = told["scores"]
    models = [name for name in ("model.test", "baseline.test", "promoted.test", "model.train") if name in scores]
    titles = {"model.test": "model", "baseline.test": "baseline", "model.train": "train"}
    titles["promoted.test"] = f"promoted ({told['former']})"
    head = ["| metric | " + " | ".join(titles[name] for name in models) + " |", "|---" * (len(models) + 1) + "|"]
    rows = [
        f"| {metric} | " + " | ".join(_number(scores[name].get(metric)) for name in models) + " |"
        for metric in scores["model.test"]
    ]
    return head + rows


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.4g}"


def _importances(told: dict[str, Any]) -> list[str]:
    rows = told["importance"][:_IMPORTANT]
    return [f"- {row['feature']}: {_number(row['importance'])} ± {_number(row['deviation'])}" for row in rows]


def write_mlmodel(folder: str, trained: Trained, data: Data, recipe: Recipe) -> None:
    """`MLmodel` in YAML (JSON is YAML): flavour, signature and where the model came from."""
    inputs = [{"name": name, "type": "double", "required": True} for column in data.columns for name in column.names]
    output = "long" if data.target.task == "classification" else "double"
    sklearn_flavour = {
        "pickled_model": "model.skops",
        "serialization_format": "skops",
        "sklearn_version": sklearn.__version__,
        "skops_version": skops.__version__,
        "skops_trusted_types": unknown_to_skops(os.path.join(folder, "model.skops")),
        "code": None,
    }
    python_flavour = {
        "loader_module": "mlflow.sklearn",
        "model_path": "model.skops",
        "predict_fn": "predict",
        "python_version": platform.python_version().rpartition(".")[0],
    }
    document = {
        "artifact_path": recipe.version,
        "flavors": {"python_function": python_flavour, "sklearn": sklearn_flavour},
        "metadata": {
            "headrace_node": recipe.node,
            "headrace_version": recipe.version,
            "data_hash": recipe.data_hash,
            "env_hash": recipe.env_hash,
            "algorithm": type(trained.pipeline.steps[-1][1]).__name__,
            "numpy_version": numpy.__version__,
            "classes": data.target.labels,
        },
        "model_uuid": recipe.version,
        "signature": {
            "inputs": json.dumps(inputs),
            "outputs": json.dumps([{"type": output, "required": True}]),
            "params": None,
        },
    }
    _write(folder, "MLmodel", json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _write(folder: str, name: str, text: str) -> None:
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)
