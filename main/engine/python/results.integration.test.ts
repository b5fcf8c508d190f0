import { afterAll, beforeAll, expect, it } from "vitest";

import { inspecting, pythonFolder, type PythonFolder } from "../../../test-support/python.ts";

const code = `
import datetime, decimal
import duckdb, pandas as pd, polars as pl, pyarrow as pa

def pandas_frame(ctx):
    return pd.DataFrame({
        "i": [1, 2], "n": pd.array([1, None], dtype="Int64"), "s": ["x", None],
        "t": pd.to_datetime(["2024-01-01 00:00:00.000001", None]),
        "z": pd.to_datetime(["2024-01-01 12:00", None]).tz_localize("Europe/Paris"),
        "big": [2**63 - 1, 0], "c": pd.Categorical(["a", "b"]), "d": [datetime.date(2024, 1, 1), None],
        "m": [decimal.Decimal("1.10"), None], "empty": [None, None],
    })

def pandas_index(ctx):
    return pd.DataFrame({"k": ["a", "b", "b"], "v": [1, 2, 3]}).groupby("k").sum()

def pandas_row_numbers(ctx):
    return pd.DataFrame({"v": [1, 2, 3]})[lambda f: f.v > 1]

def pandas_durations(ctx):
    return pd.DataFrame({"d": pd.to_timedelta(["1 day 00:00:01.5", None])})

def pandas_nanoseconds(ctx):
    return pd.DataFrame({"t": pd.to_datetime(["2024-01-01 00:00:00.000000001"])})

def polars_frame(ctx):
    return pl.DataFrame({"i": [1, None], "u": pl.Series([2**64 - 1, 0], dtype=pl.UInt64), "s": ["x", None],
        "c": pl.Series(["a", "b"], dtype=pl.Categorical), "t": [datetime.time(1, 2, 3), None],
        "du": [datetime.timedelta(seconds=90), None], "l": [[1], None], "st": [{"a": 1}, {"a": None}]})

def polars_lazy(ctx):
    return pl.LazyFrame({"a": [1, 2, 3]}).filter(pl.col("a") > 1)

def arrow_table(ctx):
    return pa.table({"a": pa.array([1], pa.int8()), "dec": pa.array([decimal.Decimal("1.5")], pa.decimal256(20, 2)),
        "f": pa.array([1.5], pa.float32()), "b": pa.array([b"x"]), "n": pa.nulls(1), "l": pa.array([[1, 2]], pa.list_(pa.int32(), 2))})

def arrow_batch(ctx):
    return pa.record_batch({"a": [1, 2]})

def arrow_reader(ctx):
    return pa.table({"a": range(10)}).to_reader(3)

def dataset(ctx):
    import pyarrow.dataset as ds
    return ds.dataset(pa.table({"a": [1, 2]}))

def batches(ctx):
    for start in range(0, 4, 2):
        yield pa.record_batch({"a": [start, start + 1], "late": pa.array([None, None] if start == 0 else ["x", "y"])})

def frames(ctx):
    yield pd.DataFrame({"a": [1], "b": ["x"]})
    yield pl.DataFrame({"b": ["y"], "a": [2]})
    yield [{"a": 3, "b": None}]

def durations(ctx):
    yield pa.table({"d": pa.array([datetime.timedelta(seconds=1)])})
    yield pa.table({"d": pa.array([datetime.timedelta(microseconds=5)])})

def dicts(ctx):
    return [{"a": 1}, {"a": None, "b": "x"}]

def relation(ctx):
    return ctx.duckdb.sql("select 9007199254740993::hugeint + 1 as h, 'a'::enum('a', 'b') as e, [1::hugeint] as l, interval 90 second as i, '12:00:00+02'::timetz as z")

def foreign_relation(ctx):
    return duckdb.sql("select 42 as a")

def local_frame(ctx):
    frame = pd.DataFrame({"a": [1, 2]})
    return ctx.duckdb.sql("select sum(a) as total from frame")

def empty(ctx):
    return pa.table({"a": pa.array([], pa.int32())})
`;

const dependencies = ["pandas", "polars"];
let folder: PythonFolder;
let reading: Awaited<ReturnType<typeof inspecting>>;

beforeAll(async () => {
  folder = await pythonFolder(code);
  reading = await inspecting(folder);
});
afterAll(async () => {
  await reading[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

/** Runs a function and reads its file as the next node would. */
const tableOf = async (name: string) => {
  const output = await folder.run({ body: folder.body({ function: name, dependencies }) });
  const page = await reading.table(output.file);
  expect(page.totalRows ?? page.rows.length).toBe(output.rows);
  return {
    types: Object.fromEntries(page.columns.map(({ name: column, type }) => [column, type])),
    rows: page.rows,
  };
};

it.each([
  [
    "pandas_frame",
    {
      i: "BIGINT",
      n: "BIGINT",
      s: "VARCHAR",
      t: "TIMESTAMP",
      z: "TIMESTAMP WITH TIME ZONE",
      big: "BIGINT",
      c: "VARCHAR",
      d: "DATE",
      m: "DECIMAL(3,2)",
      empty: "VARCHAR",
    },
    [
      [
        "1",
        "1",
        "x",
        "2024-01-01 00:00:00.000001",
        "2024-01-01 11:00:00+00",
        "9223372036854775807",
        "a",
        "2024-01-01",
        "1.10",
        null,
      ],
      ["2", null, null, null, null, "0", "b", null, null, null],
    ],
  ],
  [
    "pandas_index",
    { k: "VARCHAR", v: "BIGINT" },
    [
      ["a", "1"],
      ["b", "5"],
    ],
  ],
  ["pandas_row_numbers", { v: "BIGINT" }, [["2"], ["3"]]],
  ["pandas_durations", { d: "INTERVAL" }, [["24:00:01.5"], [null]]],
  ["pandas_nanoseconds", { t: "TIMESTAMP_NS" }, [["2024-01-01 00:00:00.000000001"]]],
  [
    "polars_frame",
    {
      i: "BIGINT",
      u: "UBIGINT",
      s: "VARCHAR",
      c: "VARCHAR",
      t: "TIME",
      du: "INTERVAL",
      l: "BIGINT[]",
      st: "STRUCT(a BIGINT)",
    },
    [
      ["1", "18446744073709551615", "x", "a", "01:02:03", "00:01:30", "[1]", "{'a': 1}"],
      [null, "0", null, "b", null, null, null, "{'a': NULL}"],
    ],
  ],
  ["polars_lazy", { a: "BIGINT" }, [["2"], ["3"]]],
  [
    "arrow_table",
    { a: "TINYINT", dec: "DECIMAL(20,2)", f: "FLOAT", b: "BLOB", n: "VARCHAR", l: "INTEGER[2]" },
    [["1", "1.50", "1.5", "x", null, "[1, 2]"]],
  ],
  ["arrow_batch", { a: "BIGINT" }, [["1"], ["2"]]],
  ["arrow_reader", { a: "BIGINT" }, Array.from({ length: 10 }, (_, i) => [String(i)])],
  ["dataset", { a: "BIGINT" }, [["1"], ["2"]]],
  [
    "batches",
    { a: "BIGINT", late: "VARCHAR" },
    [
      ["0", null],
      ["1", null],
      ["2", "x"],
      ["3", "y"],
    ],
  ],
  [
    "frames",
    { a: "BIGINT", b: "VARCHAR" },
    [
      ["1", "x"],
      ["2", "y"],
      ["3", null],
    ],
  ],
  ["durations", { d: "INTERVAL" }, [["00:00:01"], ["00:00:00.000005"]]],
  [
    "dicts",
    { a: "BIGINT", b: "VARCHAR" },
    [
      ["1", null],
      [null, "x"],
    ],
  ],
  [
    "relation",
    { h: "HUGEINT", e: "ENUM('a', 'b')", l: "HUGEINT[]", i: "INTERVAL", z: "TIME WITH TIME ZONE" },
    [["9007199254740994", "a", "[1]", "00:01:30", "12:00:00+02"]],
  ],
  ["foreign_relation", { a: "INTEGER" }, [["42"]]],
  ["local_frame", { total: "HUGEINT" }, [["3"]]],
  ["empty", { a: "INTEGER" }, []],
] as const)("keeps values and types of %s", async (name, types, rows) => {
  expect(await tableOf(name)).toEqual({ types, rows });
});
