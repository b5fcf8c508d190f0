"""What a node's function is given."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from headrace.relation import InputRelation
from headrace_runner import protocol
from headrace_runner.failures import NodeFailure

if TYPE_CHECKING:
    import duckdb

    from headrace_runner.job import Job


class Context:
    """`ctx` of a node's function: its inputs, parameters, the run's dates, a DuckDB connection and the run's log."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.node_id = job.node["id"]
        self.name = job.node["name"]
        self.kind = job.node["kind"]
        self.params = job.params
        self.config = job.config
        """The node's other options, as its file or decorator gives them."""
        self.scratch = job.scratch
        """Absolute path of the only folder that the function may write to; it is removed afterwards."""
        self.log = Log()
        self.inputs = [InputRelation(one.id, one.columns, lambda: self.duckdb) for one in job.inputs]

    @property
    def date(self) -> datetime.date:
        """The run's logical date; never today's unless the run says so."""
        return datetime.date.fromisoformat(self._job.date)

    @property
    def start(self) -> datetime.datetime | None:
        """Start of the run's interval, in UTC, where one was given."""
        return _moment(self._job.start)

    @property
    def end(self) -> datetime.datetime | None:
        """End of the run's interval, in UTC, where one was given."""
        return _moment(self._job.end)

    @cached_property
    def duckdb(self) -> duckdb.DuckDBPyConnection:
        """A connection in which every input is a view, as `name` and as `kind.name`.

        Inputs win over Python variables of the same name; other table-like variables can be queried by name.
        """
        from headrace_runner.views import open_connection

        return open_connection(self._job)

    def ref(self, id: str) -> InputRelation:
        """The input `kind.name`; the bare name does where only one input has it."""
        found = [one for one in self.inputs if id in (one.id, one.name)]
        if len(found) == 1:
            return found[0]
        raise NodeFailure("python_ref_unknown", ref=id, inputs=[one.id for one in self.inputs])

    def input(self, position: int) -> InputRelation:
        """The input at this position, counted from 0 in the order the node lists them."""
        if not 0 <= position < len(self.inputs):
            raise NodeFailure("python_ref_unknown", ref=str(position), inputs=[one.id for one in self.inputs])
        return self.inputs[position]

    def progress(self, fraction: float | None = None, text: str = "") -> None:
        """Tells how far the function is: 0 to 1, or `None` where that cannot be known."""
        known = None if fraction is None else min(1.0, max(0.0, float(fraction)))
        protocol.send("progress", fraction=known, text=str(text))


class Log:
    """Lines for the run's log; `ctx.log("text")` is `ctx.log.info("text")`."""

    def __call__(self, text: object, *values: object) -> None:
        self.info(text, *values)

    def debug(self, text: object, *values: object) -> None:
        _say("debug", text, values)

    def info(self, text: object, *values: object) -> None:
        _say("info", text, values)

    def warning(self, text: object, *values: object) -> None:
        _say("warning", text, values)

    def error(self, text: object, *values: object) -> None:
        _say("error", text, values)


def _say(level: str, text: object, values: tuple[Any, ...]) -> None:
    protocol.send("log", level=level, text=str(text) % values if values else str(text))


def _moment(text: str | None) -> datetime.datetime | None:
    if text is None:
        return None
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)
