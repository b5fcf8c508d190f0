// A node's relation has the types and values of its query, whatever parquet can hold.

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type SqlBench, sqlBench } from "../../../test-support/sql-bench.ts";

let bench: SqlBench;
let files = 0;
beforeAll(async () => {
  bench = await sqlBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

interface Seen {
  readonly types: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What the query itself gives, and what its parquet gives through inlining, through a view and to an inspection. */
const roundTrip = async (sql: string): Promise<{ readonly direct: Seen; readonly readers: readonly Seen[] }> => {
  const relation = await bench.relation(`transform.t${files++}`, sql);
  const page = async (text: string, inputs = [relation]): Promise<Seen> => {
    const { columns, rows } = await bench.hosts.page(
      bench.job(text, { inputs }),
      { offset: 0, limit: 1000 },
      bench.signal,
    );
    return { types: columns.map(({ type }) => type), rows };
  };
  const inspected = await bench.hosts.inspectParquet(relation.file, bench.signal);
  expect(inspected.columns).toEqual(relation.columns);
  const readers = await Promise.all([
    page(`from ${relation.id}`),
    page("from input_0"),
    // A table named by text is read through a view.
    page(`from query_table('${relation.id}')`),
  ]);
  return { direct: await page(sql, []), readers };
};

describe("round trip through parquet", () => {
  it.each([
    ["BOOLEAN", ["true", "false"]],
    ["TINYINT", ["-128", "127"]],
    ["SMALLINT", ["-32768", "32767"]],
    ["INTEGER", ["-2147483648", "2147483647"]],
    ["BIGINT", ["-9223372036854775808", "9223372036854775807", "9007199254740993"]],
    [
      "HUGEINT",
      ["9007199254740993", "-99999999999999999999999999999999999999", "99999999999999999999999999999999999999"],
    ],
    ["UTINYINT", ["255"]],
    ["USMALLINT", ["65535"]],
    ["UINTEGER", ["4294967295"]],
    ["UBIGINT", ["18446744073709551615"]],
    ["UHUGEINT", ["0", "99999999999999999999999999999999999999"]],
    ["BIGNUM", ["340282366920938463463374607431768211456123456789", "-1"]],
    ["FLOAT", ["1.5", "-0.0", "inf", "-inf", "nan", "3.4028235e+38"]],
    ["DOUBLE", ["0.1", "-0.0", "inf", "-inf", "nan", "1.7976931348623157e+308"]],
    ["DECIMAL(4,1)", ["-999.9", "0.1"]],
    ["DECIMAL(9,3)", ["123456.789"]],
    ["DECIMAL(18,2)", ["-1234567890123456.78"]],
    ["DECIMAL(38,0)", ["99999999999999999999999999999999999999"]],
    ["DECIMAL(38,37)", ["1.2345678901234567890123456789012345678"]],
    ["VARCHAR", ["", "it's", "a\nb", "größe 🦆", "NULL", "\\x00"]],
    ["BLOB", ["", "\\x00\\xFF", "abc"]],
    ["BIT", ["1", "0101", "11111111000000001"]],
    ["DATE", ["2024-02-29", "0044-03-15 (BC)", "infinity", "-infinity", "290000-12-31"]],
    ["TIME", ["00:00:00", "23:59:59.999999", "24:00:00"]],
    ["TIME_NS", ["23:59:59.999999999"]],
    ["TIME WITH TIME ZONE", ["12:00:00+05:30", "23:59:59.999999-15:59:59", "00:00:00+00"]],
    ["TIMESTAMP", ["2024-02-29 12:34:56.789012", "infinity", "-infinity", "290000-01-01 00:00:00"]],
    ["TIMESTAMP_S", ["2024-02-29 12:34:56", "infinity", "-infinity"]],
    ["TIMESTAMP_MS", ["2024-02-29 12:34:56.789", "infinity", "-infinity"]],
    ["TIMESTAMP_NS", ["2024-02-29 12:34:56.789012345", "infinity", "-infinity"]],
    ["TIMESTAMP WITH TIME ZONE", ["2024-02-29 12:34:56.789012+02", "infinity", "-infinity"]],
    [
      "INTERVAL",
      [
        "1 month",
        "-1 year -2 months 3 days",
        "00:00:00.000001",
        "-00:00:00.000001",
        "1 year 1 day -01:00:00",
        "178956970 years",
      ],
    ],
    ["UUID", ["ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-0000-000000000000"]],
    ["ENUM('a', 'it''s', 'größe, (x)')", ["a", "it's", "größe, (x)"]],
    ["JSON", ['{"a": [1, null, "x"]}', "null"]],
    ["INTEGER[]", ["[]", "[1, NULL, 3]"]],
    ["HUGEINT[]", ["[]", "[9007199254740993, NULL]"]],
    ["INTEGER[3]", ["[1, NULL, 3]"]],
    ["HUGEINT[2]", ["[9007199254740993, NULL]"]],
    ["INTEGER[2][2]", ["[[1, 2], [3, NULL]]"]],
    ["VARCHAR[][]", ["[[a], [], NULL]"]],
    ["STRUCT(a INTEGER, b VARCHAR)", ["{'a': 1, 'b': NULL}"]],
    [
      "STRUCT(a HUGEINT, b STRUCT(c BIT, d INTERVAL))",
      ["{'a': 9007199254740993, 'b': {'c': 0101, 'd': 1 day}}", "{'a': NULL, 'b': NULL}"],
    ],
    [`STRUCT("select" HUGEINT, "b c" INTEGER, "d""e" BIT)`, [`{'select': 1, 'b c': 2, 'd"e': 1}`]],
    ["STRUCT(a HUGEINT)[]", ["[{'a': 9007199254740993}, NULL, {'a': NULL}]"]],
    ["MAP(VARCHAR, INTEGER)", ["{}", "{a=1, b=NULL}"]],
    ["MAP(HUGEINT, INTERVAL)", ["{}", "{9007199254740993=1 day, 2=NULL}"]],
    ["MAP(VARCHAR, HUGEINT[])", ["{a=[1, NULL], b=NULL}"]],
    ["UNION(num INTEGER, str VARCHAR)", ["1", "x"]],
    ["TIME WITH TIME ZONE[]", ["['12:00:00+05:30', NULL]"]],
  ])("%s", async (type, values) => {
    const lines = [...values.map((value) => `(cast('${value.replaceAll("'", "''")}' as ${type}))`), "(null)"];
    const { direct, readers } = await roundTrip(
      `select cast(v as ${type}) as v from (values ${lines.join(", ")}) t(v)`,
    );
    expect(direct.types).toEqual([type]);
    for (const seen of readers) expect(seen).toEqual(direct);
  });

  it.each([
    [
      "a union of wide types",
      "select union_value(big := 9007199254740993::hugeint)::union(big hugeint, tag varchar) as u union all select null",
    ],
    ["a union whose member is called tag", "select union_value(tag := 'x')::union(num bit, tag varchar) as u"],
    ["a union in a list", "select [union_value(a := 1::hugeint)::union(a hugeint, b time with time zone), null] as l"],
    ["a union whose member is null", "select union_value(a := null::hugeint)::union(a hugeint, b varchar) as u"],
    ["a struct without names", "select row(1::hugeint, 'x') as r union all select null"],
    [
      "a struct of structs with nulls",
      "select {'a': {'b': null::bit}} as s union all select {'a': null} union all select null",
    ],
    ["a map in a map", "select map {1::hugeint: map {'k': [interval 1 day]}} as m"],
    ["untyped nulls", "select null as n, [] as l, {'a': null} as s"],
    ["a list of an enum", "select [v, null] as l from (select cast('x' as enum('x', 'y')) as v)"],
    ["a variant", "select {'a': 1}::variant as v"],
    ["a geometry", "select 'POINT (1 2)'::geometry as g"],
    ["text with a zero character", "select 'a' || chr(0) || 'b' as t"],
    ["a list three deep", "select [[[1::hugeint]], null, []] as l"],
  ])("%s", async (_what, sql) => {
    const { direct, readers } = await roundTrip(sql);
    for (const seen of readers) expect(seen).toEqual(direct);
  });

  it("keeps sums of 64-bit integers exact", async () => {
    const sql = "select sum(v) as total from (values (9007199254740993::bigint), (1)) t(v)";
    const { direct, readers } = await roundTrip(sql);
    expect(direct).toEqual({ types: ["HUGEINT"], rows: [["9007199254740994"]] });
    for (const seen of readers) expect(seen).toEqual(direct);
  });

  it("gives other readers of the file a wide integer as a decimal", async () => {
    const relation = await bench.relation(
      "transform.plain",
      "select sum(v) as total from (values (9007199254740993::bigint)) t(v)",
    );
    const columns = [{ name: "total", type: "DECIMAL(38,0)" }];
    expect(await bench.rows("from transform.plain", { inputs: [{ ...relation, columns }] })).toEqual([
      ["9007199254740993"],
    ]);
  });

  it.each(["170141183460469231731687303715884105727::hugeint", "340282366920938463463374607431768211455::uhugeint"])(
    "names column and row where %s does not fit",
    async (value) => {
      const sql = `select i as id, case when i = 2 then ${value} else 1 end as "Big One" from range(4) r(i) order by i`;
      const writing = bench.hosts.writeParquet(bench.job(sql), bench.folder.path("big.parquet"), bench.signal);
      await expect(writing).rejects.toMatchObject({
        code: "sql_value_too_large",
        params: { column: "Big One", row: "3", value: value.slice(0, 39) },
      });
    },
  );

  it.each([
    "[row(1::hugeint, 'x')]::struct(hugeint, varchar)[1]",
    "array_value(row(1, 2))",
    "union_value(a := row(1))",
  ])("says of %s that it cannot be kept, rather than keeping it as something else", async (value) => {
    const writing = bench.relation("transform.odd", `select 1 as a, ${value} as b`);
    await expect(writing).rejects.toMatchObject({
      code: expect.stringMatching(/sql_(type_unstorable|syntax)/) as string,
    });
  });

  it("numbers repeated names as DuckDB does, in any case", async () => {
    const { direct, readers } = await roundTrip("select 1 as a, 2 as a, 3 as A, 4 as a_1, 5::hugeint as a");
    const { columns } = await bench.hosts.inspectParquet(
      bench.folder.path(`transform.t${files - 1}.parquet`),
      bench.signal,
    );
    expect(columns.map(({ name }) => name)).toEqual(["a", "a_1", "A_2", "a_1_1", "a_3"]);
    for (const seen of readers) expect(seen).toEqual(direct);
  });

  it("keeps any name and text", async () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => !text.includes("\0"));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { minLength: 1, maxLength: 4, selector: (n) => n.toLowerCase() }),
        name,
        async (names, text) => {
          const quoted = names.map((n) => `"${n.replaceAll('"', '""')}"`);
          const value = `'${text.replaceAll("'", "''")}'`;
          const { readers } = await roundTrip(`select ${quoted.map((q) => `${value} as ${q}`).join(", ")}`);
          for (const seen of readers) expect(seen.rows).toEqual([names.map(() => text)]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("keeps any interval, decimal and wide integer", async () => {
    const interval = fc.tuple(
      fc.integer({ min: -2_000_000, max: 2_000_000 }),
      fc.integer({ min: -2_000_000, max: 2_000_000 }),
      fc.maxSafeInteger(),
    );
    const wide = fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(interval, wide), { minLength: 1, maxLength: 50 }), async (values) => {
        const lines = values.map(
          ([[months, days, micros], big]) =>
            `(to_months(${months}) + to_days(${days}) + to_microseconds(${micros}), ${big}::hugeint, '${big}'::decimal(38,0))`,
        );
        const { direct, readers } = await roundTrip(`select * from (values ${lines.join(", ")}) t(i, h, d)`);
        expect(direct.rows.map((row) => row[1])).toEqual(values.map(([, big]) => String(big)));
        for (const seen of readers) expect(seen).toEqual(direct);
      }),
      { numRuns: 15 },
    );
  });
});
