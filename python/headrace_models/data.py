"""The rows of a training: target, features and parts, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headrace_models.columns import FeatureColumn, encode, fit_column, kind_of, numbers
from headrace_models.failure import fail, listed
from headrace_models.recipe import Recipe
from headrace_models.splits import Labelled, Parts, split_rows
from headrace_models.target import Target, label_of, read_target

_MICROSECONDS = {"s": 1_000_000, "ms": 1000, "us": 1, "ns": 1}


@dataclass(frozen=True)
class Data:
    table: pa.Table
    target: Target
    """Codes or numbers; NaN where a row has no label."""
    actual: np.ndarray
    columns: list[FeatureColumn]
    """One row a row of the table."""
    matrix: np.ndarray
    labelled: Labelled
    parts: Parts
    warnings: list[str] = field(default_factory=list)

    def parts_of_rows(self) -> pa.Array:
        """`train`, `test` or NULL for each row of the table."""
        names = np.full(self.table.num_rows, None, dtype=object)
        names[self.parts.train] = "train"
        names[self.parts.test] = "test"
        return pa.array(names, pa.string())


def read_data(table: pa.Table, recipe: Recipe) -> Data:
    """Finds target, split and features. Throws what stands in the way of training."""
    warnings: list[str] = []
    target, actual = read_target(table.column(recipe.target), recipe)
    labelled = _labelled(table, target, actual, recipe, warnings)
    parts = split_rows(recipe.split, _split_kind(recipe, target), labelled, _cut(recipe), recipe.seed)
    _check_training(target, actual, parts, recipe, warnings)
    columns = _columns(table, parts, recipe, warnings)
    matrix = encode(table, columns)
    return Data(table, target, actual, columns, matrix, labelled, parts, warnings)


def _split_kind(recipe: Recipe, target: Target) -> str:
    if recipe.split.kind is not None:
        return recipe.split.kind
    if recipe.time is not None:
        return "time"
    return "stratified" if target.task == "classification" else "random"


def _cut(recipe: Recipe) -> int | None:
    if recipe.split.at is None:
        return None
    return int(np.datetime64(recipe.split.at.rstrip("Z").replace(" ", "T"), "us").astype(np.int64))


def _labelled(table: pa.Table, target: Target, actual: np.ndarray, recipe: Recipe, warnings: list[str]) -> Labelled:
    """Rows that can train or test: with a target and, for a time split, with a time."""
    known = ~np.isnan(actual)
    if not known.any():
        raise fail("model_target_empty", target=recipe.target, source=recipe.source, rows=len(actual))
    if not known.all():
        warnings.append(
            f"{int((~known).sum()):,} of {len(known):,} rows have no {target.name}: they are only predicted"
        )
    by_time = _split_kind(recipe, target) == "time"
    times = None if recipe.time is None else moments(table.column(recipe.time))
    if by_time and times is not None:
        timed = ~np.isnan(times)
        lost = int((known & ~timed).sum())
        if lost > 0:
            warnings.append(f"{lost:,} rows have no {recipe.time}: they are on neither side of the split")
        known &= timed
        if not known.any():
            raise fail("model_time_empty", column=recipe.time or "", source=recipe.source)
    rows = np.flatnonzero(known)
    groups = None if recipe.split.column is None or by_time else _groups(table.column(recipe.split.column))
    return Labelled(
        rows,
        actual[rows].astype(np.int64) if target.task == "classification" else None,
        times[rows].astype(np.int64) if by_time and times is not None else None,
        None if groups is None else groups[rows],
    )


def moments(values: pa.ChunkedArray) -> np.ndarray:
    """Microseconds since 1970 as doubles, exact for any date a person writes; NaN for NULL."""
    return numbers(values)


def _groups(values: pa.ChunkedArray) -> np.ndarray:
    encoded = pc.dictionary_encode(values, null_encoding="encode").combine_chunks()
    indices = encoded.indices if isinstance(encoded, pa.DictionaryArray) else encoded.chunk(0).indices
    return np.asarray(indices.to_numpy(zero_copy_only=False))


def _check_training(target: Target, actual: np.ndarray, parts: Parts, recipe: Recipe, warnings: list[str]) -> None:
    if target.task != "classification":
        if len(np.unique(actual[parts.train])) < 2:
            value = f"{actual[parts.train][0]:g}"
            raise fail(
                "model_train_one_class", value=value, target=target.name, split=parts.kind, rows=len(parts.train)
            )
        return
    trained = np.unique(actual[parts.train])
    if len(trained) < 2:
        value = label_of(target.classes[int(trained[0])])
        raise fail("model_train_one_class", value=value, target=target.name, split=parts.kind, rows=len(parts.train))
    tested = np.unique(actual[parts.test])
    if len(tested) < 2:
        only = target.labels[int(tested[0])]
        warnings.append(f"the {len(parts.test):,} test rows are all {target.name} = {only}: some metrics have no value")
    unseen = [target.labels[int(code)] for code in tested if code not in trained]
    if unseen:
        warnings.append(f"no training row is of the class {listed(unseen)}: it cannot be predicted")
    share = min(float((actual[parts.train] == code).mean()) for code in trained)
    if share < 0.05 and recipe.class_weight is None:
        warnings.append(
            f"the rarest class has {share:.1%} of the training rows: `class_weight: balanced` would make it count"
        )


def _columns(table: pa.Table, parts: Parts, recipe: Recipe, warnings: list[str]) -> list[FeatureColumn]:
    taken = {recipe.target, *recipe.exclude, *recipe.keys, *([recipe.time] if recipe.time else [])}
    if recipe.split.kind == "group" and recipe.split.column is not None:
        taken.add(recipe.split.column)
    names = recipe.features if recipe.features is not None else table.column_names
    wanted = [name for name in names if name not in taken]
    columns: list[FeatureColumn] = []
    unusable: list[str] = []
    empty: list[str] = []
    train = table.take(pa.array(parts.train))
    for name in wanted:
        values = train.column(name)
        column = fit_column(name, values)
        if column is not None:
            columns.append(column)
            warnings += _about(column, values)
        elif kind_of(values.type) is None and not pa.types.is_null(values.type):
            unusable.append(f"{name} ({values.type})")
        else:
            empty.append(name)
    if unusable:
        warnings.append(f"{listed(unusable)} cannot be a feature: only numbers, text, booleans and times can")
    if empty:
        warnings.append(f"{listed(empty)} has no value in the training rows and is left out")
    if not columns:
        raise fail("model_no_features", source=recipe.source, columns=listed(wanted) or "none")
    return columns


def _about(column: FeatureColumn, values: pa.ChunkedArray) -> list[str]:
    if column.kind == "number":
        infinite = int(np.isinf(numbers(values)).sum())
        return [f"{column.name} is infinite in {infinite:,} training rows: taken as missing"] if infinite else []
    if column.kind == "category" and len(column.categories) >= 10_000:
        return [f"{column.name} has more than 10,000 values: the most frequent 10,000 are told apart"]
    return []
