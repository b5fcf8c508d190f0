from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from models_support import Run, train
from sklearn import metrics as sk

from headrace_models.trained import open_trained
from headrace_runner.failures import NodeFailure

_ROWS = 400


def rows_of(seed: int = 1, count: int = _ROWS) -> dict[str, Any]:
    """Numbers with gaps, few and many texts, a flag and a time; `y` depends on some of them."""
    generator = np.random.default_rng(seed)
    x = generator.normal(size=count)
    start = datetime.datetime(2024, 1, 1)
    return {
        "x": pa.array([None if at % 11 == 0 else float(value) for at, value in enumerate(x)]),
        "few": pa.array(generator.choice(["a", "b", None], count).tolist(), pa.string()),
        "many": pa.array([f"m{value}" for value in generator.integers(0, 60, count)]),
        "flag": pa.array(generator.integers(0, 2, count).astype(bool)),
        "at": pa.array([start + datetime.timedelta(hours=at) for at in range(count)], pa.timestamp("us")),
        "y": pa.array(x + generator.normal(size=count) > 0.2),
    }


def metric_values(run: Run, model: str = "model") -> dict[str, float | None]:
    rows = run.rows("metrics")
    return {row["metric"]: row["value"] for row in rows if row["model"] == model and row["split"] == "test"}


@pytest.mark.parametrize("algorithm", ["logistic", "forest"])
def test_metrics_of_two_classes_are_those_of_scikit_learn(algorithm: str, tmp_path: Path) -> None:
    run = train(rows_of(), tmp_path, algorithm=algorithm, time="at", folds=3)
    rows = run.rows("predictions")
    actual = [row["actual"] for row in rows]
    predicted = [row["prediction"] for row in rows]
    score = [row["probability"] for row in rows]
    values = metric_values(run)
    assert len(rows) == run.report["split"]["test_rows"] == 100
    assert values["accuracy"] == sk.accuracy_score(actual, predicted)
    assert values["balanced_accuracy"] == pytest.approx(sk.balanced_accuracy_score(actual, predicted), abs=1e-12)
    assert values["precision"] == sk.precision_score(actual, predicted)
    assert values["recall"] == sk.recall_score(actual, predicted)
    assert values["f1"] == sk.f1_score(actual, predicted)
    assert values["matthews"] == sk.matthews_corrcoef(actual, predicted)
    assert values["roc_auc"] == sk.roc_auc_score(actual, score)
    assert values["average_precision"] == sk.average_precision_score(actual, score)
    assert values["log_loss"] == pytest.approx(sk.log_loss(actual, score), abs=1e-12)
    assert values["brier"] == pytest.approx(sk.brier_score_loss(actual, score), abs=1e-12)
    assert metric_values(run, "baseline")["roc_auc"] == 0.5
    assert {row["fold"] for row in run.rows("metrics")} == {None, 1, 2, 3}

    curve = [row for row in run.rows("roc") if row["model"] == "model"]
    assert sk.auc([row["fpr"] for row in curve], [row["tpr"] for row in curve]) == pytest.approx(values["roc_auc"])
    counted = {
        (row["actual"], row["predicted"]): row["rows"] for row in run.rows("confusion") if row["model"] == "model"
    }
    matrix = sk.confusion_matrix(actual, predicted)
    names = ["false", "true"]
    assert counted == {(a, p): int(matrix[i, j]) for i, a in enumerate(names) for j, p in enumerate(names)}
    assert sum(row["rows"] for row in run.rows("calibration") if row["model"] == "model") == 100


def test_metrics_of_three_classes_and_of_a_number_are_those_of_scikit_learn(tmp_path: Path) -> None:
    columns = rows_of()
    x = np.nan_to_num(columns["x"].to_numpy(zero_copy_only=False))
    classes = np.where(x < -0.5, "low", np.where(x > 0.5, "high", "mid"))
    run = train(columns | {"y": pa.array(classes.tolist())}, tmp_path / "classes", algorithm="logistic")
    rows = run.rows("predictions")
    actual, predicted = ([row[name] for row in rows] for name in ("actual", "prediction"))
    probability = np.array([[row[f"probability_{name}"] for name in ("high", "low", "mid")] for row in rows])
    values = metric_values(run)
    assert values["f1"] == sk.f1_score(actual, predicted, average="macro")
    assert values["roc_auc"] == pytest.approx(sk.roc_auc_score(actual, probability, multi_class="ovr"), abs=1e-12)
    assert values["brier"] is None
    assert {row["class"] for row in run.rows("roc")} == {"high", "low", "mid"}

    number = train(
        columns | {"y": pa.array(x * 3 + 1)}, tmp_path / "number", algorithm="linear", split={"kind": "random"}
    )
    rows = number.rows("predictions")
    actual, predicted = ([row[name] for row in rows] for name in ("actual", "prediction"))
    values = metric_values(number)
    assert values["rmse"] == pytest.approx(sk.root_mean_squared_error(actual, predicted))
    assert values["mae"] == pytest.approx(sk.mean_absolute_error(actual, predicted))
    assert values["r2"] == pytest.approx(sk.r2_score(actual, predicted))
    assert number.report["task"] == "regression"
    assert not (number.folder / "tables" / "roc.parquet").exists()


def test_every_row_is_predicted_in_order_also_those_without_a_label(tmp_path: Path) -> None:
    columns = rows_of()
    target = [None if at % 10 == 0 else value for at, value in enumerate(columns["y"].to_pylist())]
    run = train(columns | {"y": pa.array(target)}, tmp_path, time="at", output_columns=["at", "x"])
    assert run.table.column_names == ["at", "x", "prediction", "probability", "split"]
    assert run.table.column("at").to_pylist() == columns["at"].to_pylist()
    parts = run.table.column("split").to_pylist()
    assert [at for at, part in enumerate(parts) if part is None] == list(range(0, _ROWS, 10))
    assert None not in run.table.column("prediction").to_pylist()
    assert any("40 of 400 rows have no y" in text for text in run.report["warnings"])
    trained = open_trained(str(run.folder / "version"), "v1")
    again = trained.predictions(pa.table(columns))
    assert again["probability"].to_pylist() == run.table.column("probability").to_pylist()


_TWICE = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from test_models_training import rows_of
from models_support import train
train(rows_of(), Path(sys.argv[1]), time="at", folds=2, formats=["pickle"])
"""


def test_two_processes_leave_the_same_bytes(tmp_path: Path) -> None:
    tests = str(Path(__file__).parent)
    code = _TWICE.format(root=str(Path(tests).parent), tests=tests)
    for name in ("one", "two"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) >= 12
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


def test_leaks_ids_later_moments_and_repeated_rows_are_told_by_name(tmp_path: Path) -> None:
    columns = rows_of()
    target = columns["y"].to_pylist()
    start = datetime.datetime(2024, 1, 1)
    leaky = {
        "same": pa.array([int(value) for value in target]),
        "score": pa.array([at * 0.001 + (10 if value else 0) for at, value in enumerate(target)]),
        "word": pa.array(["yes" if value else "no" for value in target]),
        "order_id": pa.array(range(_ROWS)),
        "arrived": pa.array([start + datetime.timedelta(hours=at + 2) for at in range(_ROWS)], pa.timestamp("us")),
    }
    run = train(columns | leaky, tmp_path, time="at")
    told = "\n".join(run.report["warnings"])
    assert "same equals the target" in told
    assert "score alone tells y = false apart (AUC 1.0000)" in told
    assert "word tells the target in 100.00% of rows" in told
    assert "order_id has another value in nearly every row" in told
    assert "arrived is later than at in 400 of 400 rows" in told
    honest = "\n".join(train(columns, tmp_path / "honest", time="at").report["warnings"])
    assert "the answer" not in honest

    few = {"x": pa.array([at % 5 for at in range(_ROWS)]), "y": columns["y"]}
    repeats = "\n".join(train(few, tmp_path / "repeats").report["warnings"])
    assert "100 of 100 test rows have the very features of a training row" in repeats


def broken(**changes: Any) -> dict[str, Any]:
    return rows_of() | changes


_CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "no rows": ("model_no_rows", {"x": pa.array([], pa.float64()), "y": pa.array([], pa.bool_())}, {}),
    "one row": ("model_one_class", {"x": [1.0], "y": [True]}, {}),
    "two rows": ("model_train_one_class", {"x": [1.0, 2.0], "y": [True, False]}, {"split": {"kind": "random"}}),
    "one class": ("model_one_class", broken(y=pa.array([True] * _ROWS)), {}),
    "no label at all": ("model_target_empty", broken(y=pa.nulls(_ROWS, pa.bool_())), {}),
    "labels of no type": ("model_target_empty", broken(y=pa.nulls(_ROWS)), {}),
    "infinite labels": (
        "model_target_empty",
        broken(y=pa.array([float("inf")] * _ROWS)),
        {"algorithm": "linear", "task": "regression"},
    ),
    "labels that are lists": ("model_target_type", broken(y=pa.array([[1]] * _ROWS)), {}),
    "text for a regression": (
        "model_target_not_number",
        broken(y=pa.array(["a"] * _ROWS)),
        {"algorithm": "linear", "task": "regression"},
    ),
    "fractions for classes": (
        "model_target_continuous",
        broken(y=pa.array(np.linspace(0, 1, _ROWS))),
        {"algorithm": "logistic", "task": "classification"},
    ),
    "a class for each row": (
        "model_many_classes",
        {"x": np.arange(1500.0), "y": pa.array([f"c{at}" for at in range(1500)])},
        {},
    ),
    "one class before the cut": (
        "model_train_one_class",
        broken(y=pa.array([at >= 350 for at in range(_ROWS)])),
        {"time": "at"},
    ),
    "no feature with a value": (
        "model_no_features",
        {"x": pa.nulls(_ROWS, pa.float64()), "y": pa.array([at % 2 for at in range(_ROWS)])},
        {},
    ),
    "unknown hyperparameter": ("model_hyperparameter_unknown", rows_of(), {"hyperparameters": {"trees": 3}}),
    "impossible hyperparameter": ("model_training_refused", rows_of(), {"hyperparameters": {"n_estimators": -3}}),
    "unknown output column": ("model_output_unknown", rows_of(), {"output_columns": ["nope"]}),
    "a column named as ours": ("model_column_taken", broken(prediction=pa.array([1] * _ROWS)), {}),
    "no time": ("model_time_empty", broken(at=pa.nulls(_ROWS, pa.timestamp("us"))), {"time": "at"}),
}


@pytest.mark.parametrize("name", _CASES)
def test_what_stands_in_the_way_is_an_error_of_the_catalogue(name: str, tmp_path: Path) -> None:
    code, columns, changes = _CASES[name]
    with pytest.raises(NodeFailure) as caught:
        train(columns, tmp_path, **changes)
    assert caught.value.code == code
    json.dumps(caught.value.params)


def test_odd_columns_train_with_a_warning_each(tmp_path: Path) -> None:
    odd = {
        "none": pa.nulls(_ROWS, pa.string()),
        "list": pa.array([[1]] * _ROWS),
        "wild": pa.array([float("inf") if at % 9 == 0 else float(at % 7) for at in range(_ROWS)]),
        "names": pa.array([f"name {at}" for at in range(_ROWS)]),
        "rare": pa.array([at == 3 for at in range(_ROWS)]),
    }
    run = train(rows_of() | odd, tmp_path, algorithm="logistic")
    told = "\n".join(run.report["warnings"])
    assert "none has no value in the training rows" in told
    assert "list (list<item: int64>) cannot be a feature" in told.replace("element", "item")
    assert "wild is infinite in" in told
    assert "names has another value in nearly every row" in told
    assert all(np.isfinite(run.table.column("probability").to_numpy()))


@pytest.mark.filterwarnings("ignore:No positive class found")
def test_a_class_that_training_did_not_see_keeps_its_place(tmp_path: Path) -> None:
    columns = rows_of()
    words = ["late" if at >= 390 else ("odd" if at % 2 else "even") for at in range(_ROWS)]
    run = train(columns | {"y": pa.array(words)}, tmp_path, time="at")
    assert "no training row is of the class late" in "\n".join(run.report["warnings"])
    assert set(run.table.column("probability_late").to_pylist()) == {0.0}
    assert metric_values(run)["roc_auc"] is not None
