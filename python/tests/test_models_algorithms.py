from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from models_support import train
from test_models_training import metric_values, rows_of

from headrace_models.columns import encode
from headrace_models.trained import open_trained

_CLASSIFIERS = [
    "sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
    "sklearn.ensemble.AdaBoostClassifier",
    "sklearn.ensemble.BaggingClassifier",
    "sklearn.ensemble.ExtraTreesClassifier",
    "sklearn.ensemble.GradientBoostingClassifier",
    "sklearn.ensemble.HistGradientBoostingClassifier",
    "sklearn.linear_model.SGDClassifier",
    "sklearn.naive_bayes.GaussianNB",
    "sklearn.neighbors.KNeighborsClassifier",
    "sklearn.neural_network.MLPClassifier",
    "sklearn.svm.SVC",
    "sklearn.tree.DecisionTreeClassifier",
    "lightgbm.LGBMClassifier",
    "xgboost.XGBClassifier",
]
_REGRESSORS = [
    "sklearn.ensemble.HistGradientBoostingRegressor",
    "sklearn.linear_model.ElasticNet",
    "sklearn.linear_model.HuberRegressor",
    "sklearn.linear_model.PoissonRegressor",
    "sklearn.neighbors.KNeighborsRegressor",
    "sklearn.svm.SVR",
    "lightgbm.LGBMRegressor",
    "xgboost.XGBRegressor",
]
_FEW = {"n_estimators": 5, "max_iter": 5}


def fewer(path: str) -> dict[str, Any]:
    """Small models: what is asked is whether they train, are kept, and are read again."""
    name = path.rpartition(".")[2]
    wanted = "max_iter" if "Hist" in name else "n_estimators"
    has = "Boost" in name or "Trees" in name or name.startswith(("XGB", "LGBM", "Bagging"))
    return {wanted: _FEW[wanted]} if has else {}


@pytest.mark.parametrize("path", [*_CLASSIFIERS, *_REGRESSORS])
def test_every_algorithm_trains_and_its_artifact_gives_the_same_predictions(path: str, tmp_path: Path) -> None:
    if path.startswith("xgboost") and sys.platform == "darwin":
        pytest.skip("the lock for tests has no xgboost for this platform")
    columns = rows_of(count=150)
    task = "classification" if path in _CLASSIFIERS else "regression"
    if task == "regression":
        x = np.nan_to_num(columns["x"].to_numpy(zero_copy_only=False))
        columns["y"] = pa.array(np.abs(x) * 3 + 1)
    run = train(columns, tmp_path, estimators={task: path}, task=task, hyperparameters=fewer(path), time="at")
    values = metric_values(run)
    assert values["accuracy" if task == "classification" else "rmse"] is not None
    again = open_trained(str(run.folder / "version"), "v1").predictions(pa.table(columns))
    assert again["prediction"].to_pylist() == run.table.column("prediction").to_pylist()


def test_onnx_gives_the_probabilities_of_the_artifact(tmp_path: Path) -> None:
    from onnx.reference import ReferenceEvaluator

    columns = rows_of()
    run = train(columns, tmp_path, algorithm="logistic", time="at", exclude=["many"], formats=["onnx"])
    trained = open_trained(str(run.folder / "version"), "v1")
    session = ReferenceEvaluator(str(run.folder / "version" / "model.onnx"))
    matrix = encode(pa.table(columns), trained.columns).astype(np.float32)
    _, probability = session.run(None, {"features": matrix})
    expected = run.table.column("probability").to_numpy()
    assert np.abs(probability[:, 1] - expected).max() < 1e-5
