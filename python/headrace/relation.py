"""A node's input, read only as far as the function asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow


class InputRelation:
    """One input. Nothing is read before one of its methods is called, and only the columns and rows it needs."""

    def __init__(self, id: str, columns: list[str], connect: Callable[[], duckdb.DuckDBPyConnection]) -> None:
        self.id = id
        """`kind.name`."""
        self.columns = columns
        self._connect = connect

    @property
    def name(self) -> str:
        """The name without the kind."""
        return self.id.partition(".")[2]

    @property
    def relation(self) -> duckdb.DuckDBPyRelation:
        """The input as a DuckDB relation, to filter and join lazily."""
        return self._connect().sql(self._query())

    def _query(self) -> str:
        kind, name = self.id.split(".", 1)
        return f'SELECT * FROM "{kind}"."{name}"'

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """A query in which every input has its name and this one is also called `this`."""
        return self.relation.query("this", query)

    def df(self) -> pandas.DataFrame:
        """All rows as a pandas data frame."""
        return self.relation.df()

    def pl(self) -> polars.DataFrame:
        """All rows as a polars data frame."""
        import polars

        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def arrow(self) -> pyarrow.Table:
        """All rows as an Arrow table."""
        return self.relation.to_arrow_table()

    def batches(self, rows: int = 100_000) -> pyarrow.RecordBatchReader:
        """The rows in record batches of at most this many rows, for inputs larger than memory."""
        return self.relation.to_arrow_reader(rows)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        # Of a connection of its own: whoever reads the stream may be a query of the first one.
        reader = self._connect().cursor().sql(self._query()).to_arrow_reader(100_000)
        return reader.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        counted = self.relation.count("*").fetchone()
        assert counted is not None
        return int(counted[0])

    def __repr__(self) -> str:
        return f"<input {self.id}: {', '.join(self.columns)}>"
