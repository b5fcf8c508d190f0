from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import skops.io
from models_support import train
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer
from test_models_training import metric_values, rows_of

from headrace_models.artifact import load, save
from headrace_models.trained import check_columns, open_trained
from headrace_runner.failures import NodeFailure


def test_an_artifact_with_a_type_that_is_not_ours_is_refused_before_it_is_made(tmp_path: Path) -> None:
    path = str(tmp_path / "model.skops")
    skops.io.dump(Pipeline([("code", FunctionTransformer(func=print))]), path)
    with pytest.raises(NodeFailure) as caught:
        load(path, "v1")
    assert caught.value.code == "model_artifact_untrusted"
    assert "print" in caught.value.params["types"]


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_a_damaged_artifact_is_told(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    if content is None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("other.json", "{}")
    else:
        path.write_bytes(content)
    with pytest.raises(NodeFailure) as caught:
        load(str(path), "v1")
    assert caught.value.code == "model_artifact_damaged"


def test_a_saved_artifact_holds_no_time_and_no_address(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    save({"one": np.arange(3), "two": [np.arange(2.0)]}, str(path))
    with zipfile.ZipFile(path) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert sorted(archive.namelist()) == ["1.npy", "2.npy", "schema.json"]
    assert load(str(path), "v1")["two"][0].tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("columns", "code", "said"),
    [
        ({"x": [1.0]}, "model_columns_missing", "few"),
        ({"x": ["1"], "few": ["a"], "many": ["m"], "flag": [True]}, "model_column_type", "x"),
        ({"x": [1.0], "few": [1], "many": ["m"], "flag": [True]}, "model_column_type", "few"),
    ],
)
def test_an_input_that_does_not_fit_names_the_column(
    columns: dict[str, Any], code: str, said: str, tmp_path: Path
) -> None:
    run = train(rows_of(), tmp_path, exclude=["at"])
    trained = open_trained(str(run.folder / "version"), "v1")
    with pytest.raises(NodeFailure) as caught:
        check_columns(trained, pa.table(columns).schema, "transform.new", "v1")
    assert caught.value.code == code
    assert said in json.dumps(caught.value.params)


def test_numbers_of_another_width_and_booleans_fit(tmp_path: Path) -> None:
    run = train(rows_of(), tmp_path, exclude=["at"])
    trained = open_trained(str(run.folder / "version"), "v1")
    table = pa.table({"x": pa.array([1], pa.int8()), "few": ["a"], "many": ["new"], "flag": pa.array([1], pa.int64())})
    check_columns(trained, table.schema, "transform.new", "v1")
    assert len(trained.predictions(table)["prediction"]) == 1
    assert len(trained.predictions(table.slice(0, 0))["probability"]) == 0


def test_the_promoted_version_is_judged_on_the_same_test_rows(tmp_path: Path) -> None:
    columns = rows_of()
    first = train(columns, tmp_path / "first", time="at", hyperparameters={"n_estimators": 3})
    former = {"version": "v0", "folder": str(first.folder / "version")}
    second = train(columns, tmp_path / "second", time="at", former=former)
    assert metric_values(second, "promoted") == metric_values(first)
    assert {row["model"] for row in second.rows("roc")} == {"model", "baseline", "promoted"}
    assert {row["model"] for row in second.rows("importance")} == {"model", "promoted"}
    assert second.report["former_note"] is None

    narrower = train({name: columns[name] for name in ("x", "at", "y")}, tmp_path / "third", time="at", former=former)
    assert "promoted.test" not in narrower.report["scores"]
    assert "few" in narrower.report["former_note"]


def test_a_classifier_without_probabilities_has_no_curves(tmp_path: Path) -> None:
    run = train(rows_of(), tmp_path, algorithm="ridge", class_weight="balanced")
    assert "probability" not in run.table.column_names
    assert metric_values(run)["roc_auc"] is None
    assert {row["model"] for row in run.rows("roc")} <= {"baseline"}
    assert run.report["main_metric"] == "f1"
