"""Feast's point-in-time join over two parquet files with its DuckDB store; prints the CPU seconds of the join alone."""

import sys
import time
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
from feast import Entity, FeatureStore, FeatureView, Field, FileSource, RepoConfig
from feast.types import Float64, Int64, String
from feast.value_type import ValueType


def store_at(folder: Path) -> FeatureStore:
    return FeatureStore(
        config=RepoConfig(
            project="bench",
            provider="local",
            registry=str(folder / "registry.db"),
            online_store=None,
            offline_store={"type": "duckdb"},
            entity_key_serialization_version=3,
        )
    )


def main(spine: str, features: str, output: str) -> None:
    folder = Path(output).parent
    customer = Entity(name="customer", join_keys=["customer_id"], value_type=ValueType.INT64)
    view = FeatureView(
        name="newest",
        entities=[customer],
        ttl=timedelta(days=90),
        schema=[
            Field(name="amount", dtype=Float64),
            Field(name="visits", dtype=Int64),
            Field(name="segment", dtype=String),
        ],
        source=FileSource(path=features, timestamp_field="happened"),
        online=False,
    )
    store = store_at(folder)
    store.apply([customer, view])
    rows = pq.read_table(spine).to_pandas()
    began = time.process_time()
    names = [f"newest:{name}" for name in ("amount", "visits", "segment")]
    joined = store.get_historical_features(entity_df=rows, features=names).to_arrow()
    print(time.process_time() - began)
    pq.write_table(joined, output)


if __name__ == "__main__":
    main(*sys.argv[1:4])
