"""Signs that a feature tells the answer, or that the test is not a test: warnings with names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from sklearn.metrics import roc_auc_score

from headrace_models.columns import FeatureColumn, kind_of, numbers
from headrace_models.failure import listed
from headrace_models.target import Target

# An honest single feature hardly gets here.
_TOO_GOOD = 0.99
_ALMOST_EQUAL = 0.999
_MOST_ROWS = 50_000
_ROWS_FOR_IDS = 20


def find_leaks(matrix: np.ndarray, actual: np.ndarray, columns: list[FeatureColumn], target: Target) -> list[str]:
    """Features that say what the target is, all but by themselves; rows that have a target."""
    if len(actual) > _MOST_ROWS:
        step = -(-len(actual) // _MOST_ROWS)
        matrix, actual = matrix[::step], actual[::step]
    told: list[str] = []
    at = 0
    for column in columns:
        part = matrix[:, at : at + column.width]
        at += column.width
        sign = _sign(part, actual, column, target)
        if sign is not None:
            told.append(f"{column.name} {sign}: it may hold the answer. Leave it out with `exclude` if it does")
    return told


def _sign(part: np.ndarray, actual: np.ndarray, column: FeatureColumn, target: Target) -> str | None:
    if column.kind == "category":
        return _tells_by_value(part[:, 0], actual, target)
    if column.kind == "time" or len(actual) < _ROWS_FOR_IDS:
        return _equals(part[:, 0], actual)
    return _equals(part[:, 0], actual) or _tells_by_order(part[:, 0], actual, target)


def _equals(values: np.ndarray, actual: np.ndarray) -> str | None:
    known = ~np.isnan(values)
    if known.sum() < 2 or known.mean() < 0.5:
        return None
    same = float((values[known] == actual[known]).mean())
    if same == 1.0 and np.unique(actual[known]).size > 1:
        return "equals the target"
    if same >= _ALMOST_EQUAL:
        return f"equals the target in {same:.2%} of rows"
    return None


def _tells_by_order(values: np.ndarray, actual: np.ndarray, target: Target) -> str | None:
    known = ~np.isnan(values)
    values, actual = values[known], actual[known]
    if len(values) < _ROWS_FOR_IDS or np.unique(values).size < 2:
        return None
    if target.task == "regression":
        correlation = abs(float(np.corrcoef(_ranks(values), _ranks(actual))[0, 1]))
        return f"has a rank correlation of {correlation:.4f} with the target" if correlation >= _ALMOST_EQUAL else None
    for code in range(len(target.classes)):
        of_class = actual == code
        if not of_class.any() or of_class.all():
            continue
        auc = float(roc_auc_score(of_class, values))
        if max(auc, 1 - auc) >= _TOO_GOOD:
            return f"alone tells {target.name} = {target.labels[code]} apart (AUC {max(auc, 1 - auc):.4f})"
    return None


def _ranks(values: np.ndarray) -> np.ndarray:
    return np.unique(values, return_inverse=True)[1].astype(float)


def _tells_by_value(values: np.ndarray, actual: np.ndarray, target: Target) -> str | None:
    """Each value of the text goes with one class, and the values are too few to be names of rows."""
    distinct, inverse = np.unique(values, return_inverse=True)
    if target.task == "regression" or len(actual) < _ROWS_FOR_IDS or len(distinct) > len(actual) / 10:
        return None
    table = np.zeros((len(distinct), len(target.classes)))
    np.add.at(table, (inverse, actual.astype(int)), 1)
    told = float(table.max(axis=1).sum() / len(actual))
    most = float(table.sum(axis=0).max() / len(actual))
    return f"tells the target in {told:.2%} of rows" if told >= _ALMOST_EQUAL and most < _ALMOST_EQUAL else None


def find_ids(table: pa.Table, columns: list[FeatureColumn]) -> list[str]:
    """Features that name rows rather than describe them: another value in all but every row."""
    told: list[str] = []
    for column in columns:
        values = table.column(column.name)
        whole = kind_of(values.type) == "number" and pa.types.is_integer(values.type)
        looks_named = column.name.lower() == "id" or column.name.lower().endswith(("_id", "_key", "_uuid", "_number"))
        if not (whole or column.kind == "category") or table.num_rows < _ROWS_FOR_IDS:
            continue
        distinct = len(values.unique())
        if distinct >= table.num_rows * 0.95 and (looks_named or column.kind == "category"):
            told.append(f"{column.name} has another value in nearly every row ({distinct:,} of {table.num_rows:,})")
    return [f"{text}: like an id, it tells a model nothing about new rows" for text in told]


def find_later(table: pa.Table, columns: list[FeatureColumn], time: str | None) -> list[str]:
    """Moments among the features that come after the moment of their row."""
    if time is None:
        return []
    moments = numbers(table.column(time))
    told: list[str] = []
    for column in columns:
        if column.kind != "time":
            continue
        later = int((numbers(table.column(column.name)) > moments).sum())
        if later > 0:
            told.append(f"{column.name} is later than {time} in {later:,} of {table.num_rows:,} rows: not known then")
    return told


def find_repeats(train: np.ndarray, test: np.ndarray) -> list[str]:
    """Test rows whose features are all equal to those of a training row."""
    if train.shape[1] == 0 or len(test) == 0 or len(train) + len(test) > 1_000_000:
        return []
    known = {row.tobytes() for row in np.nan_to_num(train, nan=-9e99)}
    repeated = sum(row.tobytes() in known for row in np.nan_to_num(test, nan=-9e99))
    if repeated < max(2, len(test) * 0.01):
        return []
    return [f"{repeated:,} of {len(test):,} test rows have the very features of a training row: the test knows them"]


def describe(names: list[str]) -> str:
    """Names for a warning."""
    return listed(names)
