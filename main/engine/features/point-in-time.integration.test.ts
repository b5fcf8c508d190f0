import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { expect, it } from "vitest";

import { literal } from "../duckdb/sql/identifiers.ts";
import type { FeatureGroup } from "./group.ts";
import { pointInTimeSql, repeatsSql } from "./point-in-time-sql.ts";
import { resolveTrainingSet } from "./training-set-columns.ts";
import type { GroupJoin, TrainingSet } from "./training-set.ts";

type Value = string | number | null;
interface SpineRow {
  readonly k: Value;
  readonly region: Value;
  readonly other: Value;
  readonly t: number | null;
}
interface EventRow {
  readonly k: Value;
  readonly region: Value;
  readonly e: number | null;
  readonly c: number | null;
  readonly a: number | null;
  readonly b: string | null;
}

/** Days of a small calendar, so that ties, bounds and late rows are common. */
const day = fc.option(fc.integer({ min: 0, max: 8 }), { freq: 8 });
const key = fc.option(fc.integer({ min: 1, max: 3 }), { freq: 6 });
const region = fc.option(fc.constantFrom("x", "y"), { freq: 8 });
const spineRows = fc.array(fc.record<SpineRow>({ k: key, region, other: key, t: day }), { maxLength: 8 });
const eventRows = fc.array(
  fc.record<EventRow>({
    k: key,
    region,
    e: day,
    c: day,
    a: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 2 }),
    b: fc.option(fc.constantFrom("", "p", "q"), { freq: 3 }),
  }),
  { maxLength: 14 },
);
/** How moments are written; the session's zone must not matter to any. */
const timeType = fc.constantFrom("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "DATE");
const shape = fc.record({
  composite: fc.boolean(),
  ttl: fc.option(fc.integer({ min: 0, max: 5 })),
  created: fc.boolean(),
  asKnown: fc.boolean(),
  role: fc.boolean(),
  time: timeType,
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/** Nulls are greatest, as in DuckDB's order of structs. */
const compare = (one: Value, other: Value): number => {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
};

/** What FORMAT says, one spine row at a time. */
const slowJoin = (spine: SpineRow, events: readonly EventRow[], { composite, ttl, created, asKnown, role }: Shape) => {
  const { t } = spine;
  const wanted = role ? spine.other : spine.k;
  if (t === null || wanted === null || (composite && spine.region === null)) return [null, null];
  const visible = events.filter(
    ({ k, region: r, e, c }) =>
      k === wanted &&
      (!composite || r === spine.region) &&
      e !== null &&
      e <= t &&
      (ttl === null || e >= t - ttl) &&
      (!created || !asKnown || (c !== null && c <= t)),
  );
  const best = visible.toSorted((x, y) => {
    const byEvent = compare(y.e, x.e);
    if (byEvent !== 0) return byEvent;
    if (created && x.c !== y.c) return x.c === null ? 1 : y.c === null ? -1 : y.c - x.c;
    const byRegion = composite ? 0 : compare(y.region, x.region);
    const byC = created ? 0 : compare(y.c, x.c);
    return byRegion || byC || compare(y.a, x.a) || compare(y.b, x.b);
  })[0];
  return best === undefined ? [null, null] : [best.a, best.b];
};

/** Whether two rows have the same keys and event time. */
const repeat = (events: readonly EventRow[], { composite }: Shape): boolean => {
  const whole = events.filter(({ k, e, region: r }) => k !== null && e !== null && (!composite || r !== null));
  return new Set(whole.map(({ k, e, region: r }) => `${k} ${e} ${composite ? r : ""}`)).size < whole.length;
};

const stamp = (value: number | null, type: string): string => {
  if (value === null) return `null::${type}`;
  if (type === "TIMESTAMP WITH TIME ZONE") return `to_timestamp(${1_704_067_200 + value * 86_400})`;
  return `(timestamp '2024-01-01' + interval ${value} day)::${type}`;
};
const text = (value: string | null): string => (value === null ? "null::varchar" : literal(value));
const number = (value: Value): string => (value === null ? "null::integer" : String(value));

const table = (name: string, columns: string, rows: readonly string[], empty: string): string =>
  `create or replace temp table ${name} as select * from (values ${[...rows, empty].join(", ")}) t(${columns}) ` +
  `limit ${rows.length}`;

const column = (name: string, type: string) => ({ name, type });
const eventColumns = ({ composite, time }: Shape) => [
  column("k", "INTEGER"),
  ...(composite ? [column("region", "VARCHAR")] : []),
  column("e", time),
  column("c", time),
  ...(composite ? [] : [column("region", "VARCHAR")]),
  column("a", "INTEGER"),
  column("b", "VARCHAR"),
];

const groupOf = (name: string, { composite, ttl, created, asKnown, role }: Shape): GroupJoin => {
  const group: FeatureGroup & { eventTime: string } = {
    id: `feature_group.${name}`,
    joinKeys: composite ? ["k", "region"] : ["k"],
    eventTime: "e",
    createdTime: created ? "c" : null,
    ttl: ttl === null ? null : ttl * 86_400,
    asKnown,
    // Without keys and times of their own, these columns are payload: they break ties, in this order.
    features: [...(composite ? [] : ["region"]), ...(created ? [] : ["c"]), "a", "b"].map((feature) => ({
      name: feature,
      type: null,
      default: null,
    })),
    onDemand: [],
  };
  const wanted = role ? "other" : "k";
  return { group, role: role ? "r" : null, keys: composite ? [wanted, "region"] : [wanted], take: ["a", "b"] };
};

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
await connection.run("set timezone = 'America/New_York'");

it("joins what was visible and known, exactly, whatever the rows", { timeout: 300_000 }, async () => {
  const property = fc.asyncProperty(
    spineRows,
    timeType,
    fc.array(fc.tuple(eventRows, shape), { minLength: 1, maxLength: 2 }),
    async (spine, spineTime, groups) => {
      const rows = spine.map(
        (row) =>
          `(${number(row.k)}, ${text(row.region as string | null)}, ${number(row.other)}, ${stamp(row.t, spineTime)})`,
      );
      await connection.run(table("input_0", "k, region, other, t", rows, `(0, '', 0, ${stamp(0, spineTime)})`));
      for (const [at, [events, { time }]] of groups.entries()) {
        const values = events.map(
          (row) =>
            `(${number(row.k)}, ${text(row.region as string | null)}, ${stamp(row.e, time)}, ${stamp(row.c, time)}, ${number(row.a)}, ${text(row.b)})`,
        );
        const empty = `(0, '', ${stamp(0, time)}, ${stamp(0, time)}, 0, '')`;
        await connection.run(table(`input_${at + 1}`, "k, region, e, c, a, b", values, empty));
      }
      const set: TrainingSet = {
        node: "transform.training",
        spine: "transform.spine",
        timestamp: "t",
        asKnown: true,
        fullNames: true,
        joins: groups.map(([, settings], at) => groupOf(`g${at}`, settings)),
      };
      const inputs = [
        {
          id: "transform.spine",
          file: "",
          columns: [
            column("k", "INTEGER"),
            column("region", "VARCHAR"),
            column("other", "INTEGER"),
            column("t", spineTime),
          ],
        },
        ...groups.map(([, settings], at) => ({
          id: `feature_group.g${at}`,
          file: "",
          columns: eventColumns(settings),
        })),
      ];
      const resolved = resolveTrainingSet(set, inputs);
      const asked = await Promise.all(
        resolved.joins.map(async (join) => {
          const sql = repeatsSql(join, `input_${join.input}`);
          const [cell] = (await connection.runAndReadAll(sql)).getRowsJson();
          return { ...join, repeats: cell?.[0] !== false };
        }),
      );
      expect(asked.map(({ repeats }) => repeats)).toEqual(groups.map(([events, settings]) => repeat(events, settings)));
      const result = await connection.runAndReadAll(pointInTimeSql(resolved));
      const found = result.getRowsJson();
      const quick = await connection.runAndReadAll(pointInTimeSql({ ...resolved, joins: asked }));
      expect(quick.getRowsJson()).toEqual(found);
      const expected = spine.map((row) => groups.flatMap(([events, settings]) => slowJoin(row, events, settings)));
      expect(found.map((row) => row.slice(4))).toEqual(expected);
      expect(found.map((row) => row.slice(0, 3))).toEqual(spine.map(({ k, region: r, other }) => [k, r, other]));
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

it.each([
  ["INTEGER[]", "[1, null]"],
  ["INTEGER[1]", "[1]::integer[1]"],
  ["MAP(VARCHAR, INTEGER)", "map {'a': 1}"],
  ["STRUCT(a INTEGER, b INTEGER[])", "{'a': null, 'b': [1]}"],
  ["ENUM('x', 'y')", "'x'::enum('x', 'y')"],
  ["JSON", "'{}'::json"],
  ["HUGEINT", "1::hugeint"],
  ["BLOB", "'a'::blob"],
  ["INTERVAL", "interval 1 day"],
  ["DOUBLE", "'nan'::double"],
  ["TIMESTAMP WITH TIME ZONE", "timestamptz '2024-01-01'"],
  ["UNION(a INTEGER)", "union_value(a := 1)"],
])("joins one row where rows of type %s tie", async (type, value) => {
  await connection.run("create or replace temp table input_0 as select 1 as k, timestamp '2024-01-05' as t");
  const row = (feature: string): string => `select 1 as k, timestamp '2024-01-01' as e, ${feature} as v`;
  const rows = [value, value].map(row).join(" union all ");
  await connection.run(`create or replace temp table input_1 as ${rows}`);
  const { group, keys } = groupOf("g", {
    composite: false,
    ttl: null,
    created: false,
    asKnown: true,
    role: false,
    time: "TIMESTAMP",
  });
  const joins = [{ group: { ...group, features: [] }, role: null, keys, take: null }];
  const spine = [column("k", "INTEGER"), column("t", "TIMESTAMP")];
  const events = [column("k", "INTEGER"), column("e", "TIMESTAMP"), column("v", type)];
  const set = { node: "transform.training", spine: "s", timestamp: "t", asKnown: true, fullNames: false, joins };
  const inputs = [
    { id: "s", file: "", columns: spine },
    { id: "feature_group.g", file: "", columns: events },
  ];
  const sql = pointInTimeSql(resolveTrainingSet(set, inputs));
  const result = await connection.runAndReadAll(`select v is not distinct from (${value}) from (${sql})`);
  expect(result.getRowsJson()).toEqual([[true]]);
});
