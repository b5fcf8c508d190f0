"""The promoted version on this training's test rows."""

from __future__ import annotations

import json
import os

import numpy as np

from headrace_models.columns import encode
from headrace_models.data import Data
from headrace_models.recipe import Recipe
from headrace_models.report import Report
from headrace_models.scores import Answers
from headrace_models.target import Target
from headrace_models.trained import check_columns, open_trained
from headrace_runner.failures import NodeFailure


def judge_former(recipe: Recipe, data: Data, report: Report) -> Answers | None:
    """What it says of the test rows; `None`, with the reason in the report, where it cannot be asked."""
    former = recipe.former
    if former is None:
        return None
    try:
        trained = open_trained(former.folder, former.version)
        check_columns(trained, data.table.schema, recipe.source, former.version)
        if trained.target.task != data.target.task:
            report.former_note = f"it predicts a {trained.target.task}"
            return None
        test = data.parts.test
        matrix = encode(data.table, trained.columns)[test]
        judged = trained.judge(matrix)
    except NodeFailure as failure:
        report.former_note = _why(failure)
        return None
    except (ValueError, TypeError, AttributeError, ImportError) as error:
        report.former_note = str(error).strip().split("\n")[0]
        return None
    _note_overlap(former.folder, data, report)
    report.former_importance(_stored_importance(former.folder))
    if data.target.task == "regression":
        return Answers(data.actual[test], judged.predicted, None, 0)
    places = _places(trained.target, data.target)
    codes = np.asarray(places)[judged.predicted.astype(int)]
    return Answers(data.actual[test], codes, _moved(judged.probability, places, data.target), len(data.target.classes))


def _why(failure: NodeFailure) -> str:
    if failure.code == "model_columns_missing":
        return f"it needs {failure.params['columns']}, which the rows no longer have"
    if failure.code == "model_column_type":
        return f"{failure.params['column']} was {failure.params['wanted']} when it was trained"
    return "its artifact cannot be read"


def _places(known: Target, now: Target) -> list[int]:
    """Where each class that it knows stands now; -1 for classes that are gone."""
    return [now.classes.index(value) if value in now.classes else -1 for value in known.classes]


def _moved(probability: np.ndarray | None, places: list[int], now: Target) -> np.ndarray | None:
    if probability is None:
        return None
    moved = np.zeros((len(probability), len(now.classes)))
    for at, place in enumerate(places):
        if place >= 0:
            moved[:, place] = probability[:, at]
    empty = moved.sum(axis=1) == 0
    moved[empty] = 1 / len(now.classes)
    return moved


def _note_overlap(folder: str, data: Data, report: Report) -> None:
    """A version that was trained on rows of this test has an advantage, which is said."""
    stored = _stored(folder)
    split = stored.get("split")
    until = split.get("cut") if isinstance(split, dict) else None
    if data.parts.cut is None or until is None:
        if stored.get("data_hash") != report.recipe.data_hash:
            report.former_note = "it may have been trained on some of these test rows, which favours it"
    elif isinstance(until, int) and until > data.parts.cut:
        report.former_note = "it was trained on part of these test rows, which favours it"


def _stored(folder: str) -> dict[str, object]:
    try:
        with open(os.path.join(folder, "report.json"), encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _stored_importance(folder: str) -> list[dict[str, object]]:
    found = _stored(folder).get("importance")
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
