"""A version applied to an input, batch by batch: memory does not grow with the input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from headrace_models.trained import check_columns, open_trained, with_rows

if TYPE_CHECKING:
    from headrace.context import Context

_BATCH_ROWS = 50_000


def run_prediction(context: Context) -> Iterator[pa.Table]:
    """Tables of predictions in the order of the input."""
    recipe = context.config["recipe"]
    trained = open_trained(recipe["folder"], recipe["version"])
    source = context.inputs[0]
    reader = source.batches(_BATCH_ROWS)
    check_columns(trained, reader.schema, recipe["source"], recipe["version"])
    version, wanted, kept = recipe["version"], list(recipe["output_columns"]), list(recipe["row_columns"])

    def pieces() -> Iterator[pa.Table]:
        done = 0
        # An input without rows still has columns.
        yield predict(reader.schema.empty_table())
        for batch in reader:
            yield predict(pa.Table.from_batches([batch]))
            done += batch.num_rows
            context.progress(None, f"{done:,} rows predicted")

    def predict(table: pa.Table) -> pa.Table:
        added = trained.predictions(table)
        added["model_version"] = pa.array([version] * table.num_rows, pa.string())
        return with_rows(table, kept, added, wanted)

    return pieces()
