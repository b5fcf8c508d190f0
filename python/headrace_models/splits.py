"""Which rows train and which test. A row is in one of them, or, without a label or a time, in neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headrace_models.failure import fail
from headrace_models.recipe import Split

Rows = np.ndarray
"""Places of rows, ascending."""


@dataclass(frozen=True)
class Parts:
    kind: str
    train: Rows
    test: Rows
    """Of a time split: the first moment that is tested, in microseconds since 1970."""
    cut: int | None = None


@dataclass(frozen=True)
class Labelled:
    """What splits look at, for the rows that have a label; all of one length."""

    rows: Rows
    """Class codes; `None` for a regression."""
    classes: np.ndarray | None
    """Microseconds since 1970; `None` without a time column."""
    times: np.ndarray | None
    """Codes of groups; `None` without a group column."""
    groups: np.ndarray | None


def split_rows(split: Split, kind: str, labelled: Labelled, cut: int | None, seed: int) -> Parts:
    """Splits the labelled rows. Throws `model_split_empty` where a side would have no row."""
    count = len(labelled.rows)
    if kind == "time":
        parts = _by_time(split, labelled, cut)
    elif kind == "group":
        parts = _by_group(split, labelled, seed)
    elif kind == "stratified" and labelled.classes is not None:
        parts = _stratified(split, labelled, seed)
    else:
        order = np.random.default_rng(seed).permutation(count)
        parts = _parts("random", labelled, order[: _test_count(split, count)])
    if len(parts.train) == 0 or len(parts.test) == 0:
        side = "train on" if len(parts.train) == 0 else "test on"
        raise fail("model_split_empty", side=side, split=kind, rows=count)
    return parts


def _test_count(split: Split, count: int) -> int:
    return min(max(1, round(count * split.test_size)), count - 1)


def _parts(kind: str, labelled: Labelled, test: np.ndarray, cut: int | None = None) -> Parts:
    chosen = np.zeros(len(labelled.rows), dtype=bool)
    chosen[test] = True
    return Parts(kind, labelled.rows[~chosen], labelled.rows[chosen], cut)


def _by_time(split: Split, labelled: Labelled, cut: int | None) -> Parts:
    """Everything from the cut on is tested: no moment is on both sides."""
    times = labelled.times
    assert times is not None
    if cut is None:
        ordered = np.sort(times)
        cut = int(ordered[len(ordered) - _test_count(split, len(ordered))])
        if cut == ordered[0]:
            later = ordered[ordered > cut]
            cut = int(later[0]) if len(later) > 0 else cut
    return _parts("time", labelled, np.flatnonzero(times >= cut), cut)


def _by_group(split: Split, labelled: Labelled, seed: int) -> Parts:
    """Whole groups, in random order, until the test has its share of rows."""
    groups = labelled.groups
    assert groups is not None
    names, inverse, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    wanted = _test_count(split, len(groups))
    order = np.random.default_rng(seed).permutation(len(names))
    before = np.concatenate(([0], np.cumsum(sizes[order])[:-1]))
    tested = order[before < wanted]
    tested = tested[: max(1, len(names) - 1)] if len(names) > 1 else tested[:0]
    return _parts("group", labelled, np.flatnonzero(np.isin(inverse, tested)))


def _stratified(split: Split, labelled: Labelled, seed: int) -> Parts:
    """Each class is split by itself; a class of one row trains."""
    classes = labelled.classes
    assert classes is not None
    generator = np.random.default_rng(seed)
    chosen: list[np.ndarray] = []
    for code in np.unique(classes):
        places = generator.permutation(np.flatnonzero(classes == code))
        chosen.append(places[: min(round(len(places) * split.test_size), len(places) - 1)])
    test = np.concatenate(chosen)
    if len(test) == 0 and len(classes) > 1:
        test = generator.permutation(len(classes))[:1]
    return _parts("stratified", labelled, test)


def fold_rows(parts: Parts, labelled: Labelled, folds: int, seed: int) -> Iterator[tuple[Rows, Rows]]:
    """Training and validation rows of each fold, made of the training rows alone and the way the split was made."""
    within = np.isin(labelled.rows, parts.train)
    rows = labelled.rows[within]
    if parts.kind == "time" and labelled.times is not None:
        yield from _time_folds(rows, labelled.times[within], folds)
        return
    generator = np.random.default_rng(seed)
    if parts.kind == "group" and labelled.groups is not None:
        names, inverse = np.unique(labelled.groups[within], return_inverse=True)
        number = _dealt(generator.permutation(len(names)), folds)[inverse]
    elif labelled.classes is not None:
        number = _dealt_by_class(labelled.classes[within], folds, generator)
    else:
        number = _dealt(generator.permutation(len(rows)), folds)
    for fold in range(folds):
        if (number == fold).any() and (number != fold).any():
            yield rows[number != fold], rows[number == fold]


def _time_folds(rows: Rows, times: np.ndarray, folds: int) -> Iterator[tuple[Rows, Rows]]:
    """Blocks of time, each validated on what came before it."""
    ordered = np.sort(times)
    starts = [ordered[len(ordered) * (fold + 1) // (folds + 1)] for fold in range(folds)]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        valid = times >= start if end is None else (times >= start) & (times < end)
        if (times < start).any() and valid.any():
            yield rows[times < start], rows[valid]


def _dealt(order: np.ndarray, folds: int) -> np.ndarray:
    number = np.empty(len(order), dtype=int)
    number[order] = np.arange(len(order)) % folds
    return number


def _dealt_by_class(classes: np.ndarray, folds: int, generator: np.random.Generator) -> np.ndarray:
    number = np.empty(len(classes), dtype=int)
    start = 0
    for code in np.unique(classes):
        places = generator.permutation(np.flatnonzero(classes == code))
        number[places] = (start + np.arange(len(places))) % folds
        start += len(places)
    return number
