from __future__ import annotations

from typing import Any

import pytest

import headrace
import seeknal.pipeline
import seeknal.pipeline.decorators
from headrace.decorators import description_of


def described(function: object) -> tuple[Any, ...]:
    found = description_of(function)
    assert found is not None
    return found.kind, found.name, found.options, found.materializations


def test_without_arguments_the_function_names_the_node() -> None:
    @headrace.transform
    def cleaned() -> int:
        return 1

    assert cleaned() == 1
    assert described(cleaned) == ("transform", "cleaned", {}, [])


@pytest.mark.parametrize("kind", ["source", "transform", "feature_group"])
def test_a_name_may_come_first_or_as_a_keyword(kind: str) -> None:
    decorator = getattr(headrace, kind)
    assert described(decorator("a", tags=["x"])(lambda: None)) == (kind, "a", {"tags": ["x"]}, [])
    assert described(decorator(name="a")(lambda: None)) == (kind, "a", {}, [])
    assert described(decorator()(lambda: None)) == (kind, "<lambda>", {}, [])


def test_materializations_are_listed_from_the_top_down_wherever_they_stand() -> None:
    @headrace.materialize("parquet", path="a")
    @headrace.transform(name="t")
    @headrace.materialize
    @headrace.materialize(type="csv")
    def made() -> None: ...

    assert described(made) == ("transform", "t", {}, [{"type": "parquet", "path": "a"}, {}, {"type": "csv"}])


def test_anything_else_for_a_name_is_refused() -> None:
    with pytest.raises(TypeError, match="node's name"):
        headrace.source(42)  # type: ignore[call-overload]


def test_the_names_that_other_projects_import_are_the_same_functions() -> None:
    for module in (seeknal.pipeline, seeknal.pipeline.decorators):
        for name in ("source", "transform", "feature_group", "materialize"):
            assert getattr(module, name) is getattr(headrace, name)
