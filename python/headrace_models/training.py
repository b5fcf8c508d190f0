"""One training from its rows to its tables, artifact, card and report."""

from __future__ import annotations

import os
import warnings as python_warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from sklearn.dummy import DummyClassifier, DummyRegressor

from headrace_models import curves, leakage
from headrace_models.card import write_card, write_mlmodel
from headrace_models.data import Data, read_data
from headrace_models.exports import write_exports
from headrace_models.failure import fail
from headrace_models.former import judge_former
from headrace_models.importance import permutation
from headrace_models.pipeline import build
from headrace_models.recipe import Recipe, read_recipe
from headrace_models.report import Report
from headrace_models.scores import OF_PROBABILITIES, SMALLER_IS_BETTER, Answers, main_metric, names_for, score_all
from headrace_models.splits import fold_rows
from headrace_models.tables import write_rows, write_table
from headrace_models.trained import Judged, Trained, with_rows

if TYPE_CHECKING:
    from headrace.context import Context


def run_training(context: Context) -> pa.Table:
    """Trains, measures and leaves everything in the scratch folder; the predictions of all rows are returned."""
    recipe = read_recipe(context.config["recipe"])
    context.progress(None, "reading the rows")
    data = read_data(context.inputs[0].arrow(), recipe)
    report = Report(recipe, data)
    report.warn(find_signs(data, recipe))

    context.progress(None, f"training {recipe.algorithm} on {len(data.parts.train):,} rows")
    trained = fit(recipe, data, data.parts.train, report)
    judged = trained.judge(data.matrix)
    measure(recipe, data, trained, judged, report)
    if recipe.folds is not None:
        context.progress(None, f"cross validation in {recipe.folds} folds")
        cross_validate(recipe, data, report)

    folder = os.path.join(context.scratch, "version")
    os.makedirs(folder, exist_ok=True)
    trained.store(folder)
    write_exports(trained, data, recipe, folder)
    write_tables(os.path.join(context.scratch, "tables"), data, trained.named(judged.at(data.parts.test)), report)
    write_card(folder, report)
    write_mlmodel(folder, trained, data, recipe)
    report.write(folder)
    added = trained.named(judged) | {"split": data.parts_of_rows()}
    return with_rows(data.table, recipe.row_columns, added, recipe.output_columns)


def fit(recipe: Recipe, data: Data, rows: np.ndarray, report: Report) -> Trained:
    """A pipeline trained on these rows. Throws scikit-learn's own reason where it refuses."""
    pipeline = build(recipe, data.target.task, data.columns, len(rows))
    actual = data.actual[rows]
    fitted: list[int] = []
    if data.target.task == "classification":
        codes, actual = np.unique(actual.astype(np.int64), return_inverse=True)
        fitted = [int(code) for code in codes]
    with python_warnings.catch_warnings(record=True) as caught:
        python_warnings.simplefilter("always")
        try:
            pipeline.fit(data.matrix[rows], actual)
        except (ValueError, TypeError, AttributeError) as error:
            text = str(error).strip().split("\n")[0]
            raise fail("model_training_refused", algorithm=recipe.algorithm, text=text) from error
    report.warn(sorted({_first_sentence(str(one.message)) for one in caught if _matters(one.category)}))
    return Trained(pipeline, data.columns, data.target, fitted)


def _matters(category: type[Warning]) -> bool:
    return not issubclass(category, DeprecationWarning | FutureWarning)


def _first_sentence(text: str) -> str:
    return text.strip().split("\n")[0]


def find_signs(data: Data, recipe: Recipe) -> list[str]:
    """Leaks, ids, later moments and rows on both sides of the split."""
    rows = data.labelled.rows
    return [
        *leakage.find_leaks(data.matrix[rows], data.actual[rows], data.columns, data.target),
        *leakage.find_ids(data.table, data.columns),
        *leakage.find_later(data.table, data.columns, recipe.time),
        *leakage.find_repeats(data.matrix[data.parts.train], data.matrix[data.parts.test]),
    ]


def measure(recipe: Recipe, data: Data, trained: Trained, judged: Judged, report: Report) -> None:
    """Scores and curves of the model, of a baseline that knows no feature, and of the promoted version."""
    names = names_for(data.target.task, recipe.metrics)
    report.main_metric = main_metric(data.target.task, recipe.metrics, trained.gives_probability)
    test, train = data.parts.test, data.parts.train
    classes = len(data.target.classes)
    answers = judged.of(test, data.actual[test], classes)
    report.score("model", "test", names, answers)
    report.score("model", "train", names, judged.of(train, data.actual[train], classes))
    baseline = _baseline(data, trained)
    report.score("baseline", "test", names, baseline)
    told = [("model", answers), ("baseline", baseline)]
    former = judge_former(recipe, data, report)
    if former is not None:
        report.score("promoted", "test", names, former)
        told.append(("promoted", former))
    if data.target.task == "classification":
        for model, one in told:
            draw(model, one, data, report)
    report.importance(
        permutation(data.matrix[test], data.actual[test], data.columns, recipe.seed, _scorer(trained, report))
    )


def _scorer(trained: Trained, report: Report) -> Any:
    name = report.main_metric
    sign = -1.0 if name in SMALLER_IS_BETTER else 1.0

    def answers(matrix: np.ndarray, actual: np.ndarray) -> Answers:
        # What a metric does not look at need not be asked for, a few hundred times.
        if name not in OF_PROBABILITIES:
            return trained.answers(matrix, actual)
        return Answers(actual, actual, trained.probabilities(matrix), len(trained.target.classes))

    def score(matrix: np.ndarray, actual: np.ndarray) -> float | None:
        value = score_all(trained.target.task, [name], answers(matrix, actual))[name]
        return None if value is None else sign * value

    return score


def _baseline(data: Data, trained: Trained) -> Answers:
    """The most frequent class with the classes' shares as probabilities, or the mean."""
    rows = data.parts.train
    if data.target.task == "classification":
        dummy = DummyClassifier(strategy="prior").fit(
            np.zeros((len(rows), 1)), np.searchsorted(trained.fitted, data.actual[rows])
        )
    else:
        dummy = DummyRegressor(strategy="mean").fit(np.zeros((len(rows), 1)), data.actual[rows])
    test = data.parts.test
    known = Trained(dummy, [], data.target, trained.fitted)
    return known.answers(np.zeros((len(test), 1)), data.actual[test])


def draw(model: str, answers: Answers, data: Data, report: Report) -> None:
    """Rows for charts."""
    labels = data.target.labels
    report.add("roc", curves.roc(model, answers, labels))
    report.add("pr", curves.precision_recall(model, answers, labels))
    report.add("calibration", curves.calibration(model, answers, labels))
    report.add("confusion", curves.confusion(model, answers, labels))


def cross_validate(recipe: Recipe, data: Data, report: Report) -> None:
    """Scores of each fold, made of the training rows alone."""
    names = names_for(data.target.task, recipe.metrics)
    assert recipe.folds is not None
    done = 0
    for fold, (train, valid) in enumerate(fold_rows(data.parts, data.labelled, recipe.folds, recipe.seed), 1):
        if len(np.unique(data.actual[train])) < 2:
            report.warn([f"fold {fold} of the cross validation has one class only and is left out"])
            continue
        trained = fit(recipe, data, train, report)
        report.score("model", "cv", names, trained.answers(data.matrix[valid], data.actual[valid]), fold)
        done += 1
    if done == 0:
        report.warn(["the training rows do not make folds: no cross validation"])


def write_tables(folder: str, data: Data, tested: dict[str, pa.Array], report: Report) -> None:
    """The tables beside the main one: those of classes only where the target has classes."""
    version = report.recipe.version
    kinds = ["metrics", "importance"]
    if data.target.task == "classification":
        kinds += ["confusion", "roc", "pr", "calibration"]
    for name in kinds:
        write_rows(folder, name, version, report.rows[name])
    test = data.parts.test
    rows = data.table.take(pa.array(test))
    keys = [*report.recipe.keys, *([report.recipe.time] if report.recipe.time else [])]
    columns: dict[str, Any] = {
        "version": pa.array([version] * len(test), pa.string()),
        "row": pa.array(test, pa.int64()),
    }
    columns |= {name: rows.column(name) for name in keys if name not in columns and name not in tested}
    columns |= {"actual": data.target.values(data.actual[test])} | tested
    write_table(folder, "predictions", pa.table(columns))
