"""The recorded preparation of features and the estimator, as one scikit-learn pipeline."""

from __future__ import annotations

import importlib
import inspect
from typing import Any

from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler, TargetEncoder

from headrace_models.columns import FeatureColumn
from headrace_models.failure import fail, listed
from headrace_models.recipe import Recipe

# A text column with more values than this is encoded by the target's mean, not by a column for each.
ONE_HOT_MOST = 30
# Below this many rows a mean of the target would say little.
_ROWS_FOR_MEANS = 50
# These handle missing values themselves, and do so better than a median.
_NAN_FRIENDLY = ("HistGradientBoosting", "XGB", "LGBM")
# These do not care about the scale of a number.
_SCALE_FREE = ("Tree", "Forest", "Boost", "XGB", "LGBM", "Naive", "GaussianNB", "Dummy", "Bagging", "Booster")


def build(recipe: Recipe, task: str, columns: list[FeatureColumn], rows: int) -> Pipeline:
    """An untrained pipeline over the matrix that `columns.encode` makes."""
    estimator = make_estimator(recipe, task)
    name = type(estimator).__name__
    return Pipeline([("features", _features(name, task, columns, rows, recipe)), ("estimator", estimator)])


def make_estimator(recipe: Recipe, task: str) -> Any:
    """The estimator with its hyperparameters, seed and threads. Throws for those it does not know."""
    module, _, name = recipe.estimators[task].rpartition(".")
    found = getattr(importlib.import_module(module), name)
    defaults: dict[str, Any] = {"random_state": recipe.seed, "n_jobs": 1}
    if recipe.class_weight is not None and task == "classification":
        defaults["class_weight"] = recipe.class_weight
    try:
        known = found().get_params()
    except TypeError:
        known = dict.fromkeys(inspect.signature(found).parameters)
    unknown = [key for key in recipe.hyperparameters if key not in known]
    if unknown:
        raise fail("model_hyperparameter_unknown", name=unknown[0], algorithm=name, known=listed(sorted(known), 40))
    if name.startswith(("XGB", "LGBM")):
        defaults |= _boosters(name, recipe.threads)
    accepted = {key: value for key, value in defaults.items() if key in known or name.startswith(("XGB", "LGBM"))}
    return found(**(accepted | recipe.hyperparameters))


def _boosters(name: str, threads: int) -> dict[str, Any]:
    shared: dict[str, Any] = {"n_jobs": threads}
    if name.startswith("LGBM"):
        return shared | {"deterministic": True, "force_row_wise": True, "verbosity": -1}
    return shared | {"tree_method": "hist"}


def _features(name: str, task: str, columns: list[FeatureColumn], rows: int, recipe: Recipe) -> ColumnTransformer:
    numbers, few, many = _places(columns, rows)
    steps: list[tuple[str, Any, list[int]]] = []
    if numbers:
        steps.append(("numbers", _numbers(name, "onnx" not in recipe.formats), numbers))
    if few:
        steps.append(("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), few))
    if many:
        steps.append(("many_categories", _means(task, recipe.seed), many))
    return ColumnTransformer(steps, remainder="drop")


def _means(task: str, seed: int) -> TargetEncoder:
    """Each row's mean comes from other rows, so that its own target does not leak into it."""
    if task == "regression":
        return TargetEncoder(target_type="continuous", cv=KFold(5, shuffle=True, random_state=seed))
    return TargetEncoder(cv=StratifiedKFold(5, shuffle=True, random_state=seed))


def _places(columns: list[FeatureColumn], rows: int) -> tuple[list[int], list[int], list[int]]:
    numbers: list[int] = []
    few: list[int] = []
    many: list[int] = []
    at = 0
    for column in columns:
        places = list(range(at, at + column.width))
        at += column.width
        if column.kind != "category":
            numbers += places
        elif len(column.categories) <= ONE_HOT_MOST or rows < _ROWS_FOR_MEANS:
            few += places
        else:
            many += places
    return numbers, few, many


def _numbers(name: str, indicate: bool) -> Any:
    """`indicate`: a further column says where a value was missing, which ONNX has no form for."""
    if name.startswith(_NAN_FRIENDLY):
        return "passthrough"
    impute = SimpleImputer(strategy="median", add_indicator=indicate, keep_empty_features=True)
    if any(part in name for part in _SCALE_FREE):
        return impute
    return Pipeline([("impute", impute), ("scale", StandardScaler())])
