from __future__ import annotations

import numpy as np
import pytest

from headrace_models.recipe import Split
from headrace_models.splits import Labelled, Parts, fold_rows, split_rows
from headrace_runner.failures import NodeFailure


def labelled(generator: np.random.Generator, count: int) -> Labelled:
    """Rows with gaps between their places, few distinct moments and uneven groups: where splits go wrong."""
    rows = np.sort(generator.choice(count * 3, count, replace=False))
    return Labelled(
        rows,
        generator.integers(0, 3, count),
        generator.integers(0, max(2, count // 3), count) * 1_000_000,
        generator.geometric(0.3, count),
    )


def made(kind: str, size: float = 0.25) -> Split:
    return Split(kind=kind, test_size=size, column="c", at=None)


def moments(rows: Labelled, chosen: np.ndarray) -> np.ndarray:
    assert rows.times is not None
    return rows.times[np.isin(rows.rows, chosen)]


def groups(rows: Labelled, chosen: np.ndarray) -> set[int]:
    assert rows.groups is not None
    return set(rows.groups[np.isin(rows.rows, chosen)].tolist())


@pytest.mark.parametrize("kind", ["random", "stratified", "time", "group"])
@pytest.mark.parametrize("seed", range(25))
def test_every_row_is_on_one_side_and_no_side_knows_the_other(kind: str, seed: int) -> None:
    generator = np.random.default_rng(seed)
    rows = labelled(generator, int(generator.integers(8, 200)))
    size = float(generator.uniform(0.05, 0.6))
    parts = split_rows(made(kind, size), kind, rows, None, seed)

    assert sorted([*parts.train, *parts.test]) == rows.rows.tolist()
    assert (np.diff(parts.train) > 0).all()
    assert (np.diff(parts.test) > 0).all()
    if kind == "time":
        assert moments(rows, parts.train).max() < moments(rows, parts.test).min() == parts.cut
    if kind == "group":
        assert groups(rows, parts.train).isdisjoint(groups(rows, parts.test))
    again = split_rows(made(kind, size), kind, rows, None, seed)
    assert (again.test == parts.test).all()
    check_folds(parts, rows, seed)


def check_folds(parts: Parts, rows: Labelled, seed: int) -> None:
    for train, valid in fold_rows(parts, rows, 4, seed):
        assert set(train).isdisjoint(valid)
        assert set(parts.train) >= {*train, *valid}
        if parts.kind == "time":
            assert moments(rows, train).max() < moments(rows, valid).min()
        if parts.kind == "group":
            assert groups(rows, train).isdisjoint(groups(rows, valid))


def test_a_stratified_split_keeps_the_share_of_each_class() -> None:
    classes = np.repeat([0, 1, 2], [600, 300, 100])
    rows = Labelled(np.arange(1000), classes, None, None)
    parts = split_rows(made("stratified", 0.2), "stratified", rows, None, 1)
    assert np.bincount(classes[parts.test]).tolist() == [120, 60, 20]


def test_a_time_split_at_a_moment_tests_that_moment_and_all_later_ones() -> None:
    rows = Labelled(np.arange(5), None, np.array([30, 10, 20, 20, 40]), None)
    parts = split_rows(made("time"), "time", rows, 20, 1)
    assert parts.train.tolist() == [1]
    assert parts.test.tolist() == [0, 2, 3, 4]


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("random", Labelled(np.arange(1), None, None, None)),
        ("time", Labelled(np.arange(4), None, np.full(4, 7), None)),
        ("group", Labelled(np.arange(4), None, None, np.zeros(4, dtype=int))),
        ("stratified", Labelled(np.arange(1), np.zeros(1, dtype=int), None, None)),
    ],
)
def test_a_split_that_leaves_a_side_empty_is_refused(kind: str, rows: Labelled) -> None:
    with pytest.raises(NodeFailure) as caught:
        split_rows(made(kind), kind, rows, None, 1)
    assert caught.value.code == "model_split_empty"
