from __future__ import annotations

from typing import Any

import pytest
from conftest import MakeContext

from headrace_runner.calling import call
from headrace_runner.failures import NodeFailure

ROW = [{"a": 1}]


def test_inputs_go_by_name_whatever_their_order(make_context: MakeContext) -> None:
    context = make_context(transform__orders=ROW, source__orders_raw=ROW)
    assert call(lambda source_orders_raw, orders: [source_orders_raw.id, orders.id], context) == [
        "source.orders_raw",
        "transform.orders",
    ]


def test_inputs_go_by_position_when_no_name_is_known(make_context: MakeContext) -> None:
    context = make_context(source__a=ROW, source__b=ROW)
    assert call(lambda x, y: [x.id, y.id], context) == ["source.a", "source.b"]
    assert call(lambda ctx, x, y: [ctx.name, x.id, y.id], context) == ["run", "source.a", "source.b"]


def test_the_only_parameter_of_a_source_is_the_context(make_context: MakeContext) -> None:
    context = make_context()
    assert call(lambda anything: anything, context) is context
    assert call(lambda: 1, context) == 1
    assert call(lambda ctx, limit=5, *rest, **more: (ctx, limit, rest, more), context) == (context, 5, (), {})


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (lambda a, other: None, "`other` not"),
        (lambda x: None, "takes 1 inputs and the node has 2"),
        (lambda x, y, z: None, "takes 3 inputs"),
        (lambda *, needed: None, "keyword-only"),
    ],
)
def test_what_would_be_a_guess_is_refused(make_context: MakeContext, function: Any, why: str) -> None:
    with pytest.raises(NodeFailure) as failure:
        call(function, make_context(source__a=ROW, source__b=ROW))
    assert failure.value.code == "python_signature"
    assert why in failure.value.params["why"]


def test_references_name_the_inputs_there_are(make_context: MakeContext) -> None:
    context = make_context(source__a=ROW, transform__a=ROW)
    assert context.ref("source.a").id == "source.a"
    for wrong in ("a", "b", "source.b"):
        with pytest.raises(NodeFailure) as failure:
            context.ref(wrong)
        assert failure.value.params["inputs"] == ["source.a", "transform.a"]
    with pytest.raises(NodeFailure):
        context.input(2)
