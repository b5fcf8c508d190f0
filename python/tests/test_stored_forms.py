from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from headrace_runner.relations import write_relation

VALUES = {
    "170141183460469231731687303715884105"  # within 38 digits
    "::HUGEINT": "DECIMAL(38,0)",
    "1::UHUGEINT": "DECIMAL(38,0)",
    "'101'::BIT": "VARCHAR",
    "INTERVAL 1 DAY": "VARCHAR",
    "'10:00:00+02'::TIMETZ": "VARCHAR",
    "'a'::ENUM('a', 'b')": "VARCHAR",
    "'infinity'::TIMESTAMP_S": "TIMESTAMP",
    "'2020-01-01'::TIMESTAMP_MS": "TIMESTAMP",
    "'2020-01-01'::TIMESTAMP_NS": "TIMESTAMP_NS",
    "[1, 2]::INTEGER[2]": "INTEGER[]",
    "[[1::HUGEINT]]": "DECIMAL(38,0)[][]",
    "MAP {'a': 1::HUGEINT}": "MAP(VARCHAR, DECIMAL(38,0))",
    "{'a': 1::HUGEINT, 'b c': 'x'}": 'STRUCT(a DECIMAL(38,0), "b c" VARCHAR)',
    "union_value(k := 1::HUGEINT)": "STRUCT(tag VARCHAR, k DECIMAL(38,0))",
    "union_value(tag := 1)": "STRUCT(tag_ VARCHAR, tag INTEGER)",
    "[INTERVAL 1 DAY, NULL]": "VARCHAR[]",
    "NULL": "INTEGER",
    "uuid()": "UUID",
    "1.5::DECIMAL(5,2)": "DECIMAL(5,2)",
    "'{}'::JSON": "JSON",
}


@pytest.mark.parametrize("expression", VALUES)
def test_every_type_has_a_form_in_the_file_and_is_recorded(tmp_path: Path, expression: str) -> None:
    file = str(tmp_path / "x.parquet")
    connection = duckdb.connect()
    relation = connection.sql(f'SELECT {expression} AS "it is" UNION ALL SELECT NULL')
    kind = str(relation.types[0])
    assert write_relation(relation, file) == 2
    (stored,) = connection.sql(f"SELECT * FROM read_parquet('{file}')").types
    assert str(stored) == VALUES[expression]
    recorded = connection.execute("SELECT decode(value) FROM parquet_kv_metadata(?)", [file]).fetchone()
    assert recorded is not None
    assert json.loads(recorded[0]) == [{"name": "it is", "type": "INTEGER" if kind == '"NULL"' else kind}]
