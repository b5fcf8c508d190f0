import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { aggregationKind } from "../../../shared/graph/kinds/aggregation.ts";
import {
  belongs,
  plainClock,
  type ReferenceClock,
  type ReferenceEvent,
  referenceFunctions,
  type ReferenceSpan,
  zoneClock,
} from "../../../test-support/windows-reference.ts";
import type { Project } from "../project/project.ts";
import { type AggregationNode, aggregationSql, readSpec } from "./index.ts";

// Every function and span of every mode against definitions written out over arrays.

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
  await connection.run("set TimeZone = 'UTC'");
});

type Sort = "DATE" | "TIMESTAMP" | "TIMESTAMPTZ";
type Cell = number | string | null;

const day = 86_400_000_000n;
const instant = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;
const floorDay = (time: bigint): bigint => time - (((time % day) + day) % day);

/** A time of a sort, as an SQL literal. */
const sqlTime = (time: bigint | null, sort: Sort): string => {
  if (time === null) return `null::${sort}`;
  const text = `make_timestamp(${time})`;
  return sort === "TIMESTAMPTZ" ? `${text}::timestamptz` : `${text}::${sort}`;
};
const sqlText = (text: string | null): string => (text === null ? "null" : `'${text}'`);

const makeTable = async (name: string, columns: string, rows: readonly string[]): Promise<void> => {
  await connection.run(`create or replace table ${name} (${columns})`);
  if (rows.length > 0) await connection.run(`insert into ${name} values ${rows.join(", ")}`);
};

const makeEvents = (events: readonly ReferenceEvent[], sort: Sort): Promise<void> =>
  makeTable(
    "input_0",
    `id varchar, kind varchar, happened ${sort}, value double, label varchar`,
    events.map(
      ({ id, kind, time, value, label }) =>
        `(${sqlText(id)}, ${sqlText(kind)}, ${sqlTime(time, sort)}, ${value ?? "null"}, ${sqlText(label)})`,
    ),
  );

interface Column {
  readonly name: string;
  readonly function: string;
  readonly column: "value" | "label" | undefined;
  readonly span: ReferenceSpan;
  readonly over: ReferenceSpan | null;
  readonly filtered: boolean;
  readonly fill: number | null;
}

const spanText = (span: ReferenceSpan): unknown => {
  if (span.kind === "window") return `${span.amount}${span.unit}`;
  return span.kind === "days" ? [span.lower, span.upper] : undefined;
};

/** The columns as a file spells them: ratios need the features' spelling. */
const written = (columns: readonly Column[]): Record<string, unknown> => {
  const filter = "kind = 'x' or kind is null -- known ones";
  const optional = (column: Column): Record<string, unknown> => ({
    ...(column.filtered ? { filter } : {}),
    ...(column.fill === null ? {} : { fill: column.fill }),
  });
  return {
    aggregations: columns
      .filter(({ over }) => over === null)
      .map((column) => ({
        name: column.name,
        function: column.function,
        ...(column.column === undefined ? {} : { column: column.column }),
        ...(column.span.kind === "all" ? {} : { window: spanText(column.span) }),
        ...optional(column),
      })),
    features: columns
      .filter(({ over }) => over !== null)
      .map((column) => ({
        column: column.column,
        ratio: {
          name: column.name,
          numerator: spanText(column.span),
          denominator: spanText(column.over ?? column.span),
          aggs: [column.function],
        },
        ...optional(column),
      })),
  };
};

/** The one table of a node with these keys. */
const sqlOf = (config: Record<string, unknown>): string => {
  const parsed = aggregationKind.schema.parse({ kind: "aggregation", name: "a", ...config });
  const location = { file: "a.yml", line: 1, column: 1 };
  const inputs = ["source.events", "source.spine"];
  const node = {
    id: "aggregation.a",
    kind: "aggregation",
    name: "a",
    config: parsed,
    body: null,
    inputs,
    location,
    files: [],
  };
  const project = { nodes: new Map() } as unknown as Project;
  const interval = { date: "2024-06-30", start: null, end: null };
  const tables = aggregationSql(readSpec(node as unknown as AggregationNode, project, interval));
  expect(tables).toHaveLength(1);
  return tables[0]?.sql ?? "";
};

const cell = (value: unknown): Cell => {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "bigint" || typeof value === "number") return Number(value);
  throw new TypeError(`what is ${String(value)}`);
};

/** A result's rows; times as microseconds. */
const rowsOf = async (sql: string, times: readonly string[]): Promise<readonly Record<string, Cell>[]> => {
  const replaced =
    times.length === 0 ? "" : ` replace (${times.map((name) => `epoch_us(${name}) as ${name}`).join(", ")})`;
  const result = await connection.runAndReadAll(`select *${replaced} from (${sql})`).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${sql}`);
  });
  return result
    .getRowObjectsJS()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)])));
};

interface Seen {
  readonly t: bigint | null;
  readonly clock: ReferenceClock;
  readonly includeCurrent: boolean;
  readonly wholeDay?: boolean;
}

/** What a column is of these events, seen from `t`. */
const expected = (column: Column, events: readonly ReferenceEvent[], seen: Seen): Cell => {
  const { t } = seen;
  const of = (span: ReferenceSpan): Cell => {
    const rows = events.filter(
      ({ time, kind }) =>
        t !== null &&
        time !== null &&
        (!column.filtered || kind === "x" || kind === null) &&
        belongs(span, time, t, seen),
    );
    if (column.column === undefined) return rows.length;
    const known = rows.flatMap((row) => {
      const value = row[column.column ?? "value"];
      return value === null ? [] : [{ time: row.time ?? 0n, value }];
    });
    return referenceFunctions[column.function]?.(known) ?? null;
  };
  const value = of(column.span);
  if (column.over === null) return value ?? column.fill;
  const over = of(column.over);
  return value === null || over === null || Number(over) === 0 ? column.fill : Number(value) / Number(over);
};

const isClose = (a: Cell, b: Cell): boolean => {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
};

const compare = (
  row: Readonly<Record<string, Cell>> | undefined,
  columns: readonly Column[],
  events: readonly ReferenceEvent[],
  seen: Seen,
): void => {
  for (const column of columns) {
    const want = expected(column, events, seen);
    const got = row?.[column.name] ?? null;
    if (isClose(got, want)) continue;
    expect({ column, t: seen.t, value: got }).toEqual({ column, t: seen.t, value: want });
  }
};

// What is generated: times that lie on and beside the ends of windows, days and clock changes.

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Havana",
  "Asia/Kolkata",
  "America/Sao_Paulo",
] as const;
const pivots = [
  "2024-03-31T12:00:00Z",
  "2024-10-27T00:30:00Z",
  "2024-10-27T22:59:59Z",
  "2024-03-10T06:30:00Z",
  "2024-11-03T04:30:00Z",
  "2024-11-03T05:30:00Z",
  "2018-11-04T03:00:00Z",
  "2018-02-18T02:00:00Z",
  "2024-02-29T00:00:00Z",
  "2024-01-01T00:00:00Z",
].map(instant);
const hour = day / 24n;
const steps = [
  0n,
  1n,
  hour,
  day,
  2n * day,
  7n * day,
  29n * day,
  30n * day,
  31n * day,
  60n * day,
  91n * day,
  366n * day,
];

const anyTime = (pivot: bigint, sort: Sort): fc.Arbitrary<bigint> =>
  fc
    .tuple(
      fc.constantFrom(...steps),
      fc.constantFrom(-1n, 1n),
      fc.constantFrom(0n, 0n, 1n, -1n, hour, -hour, 4n * hour, -5n * hour),
    )
    .map(([step, sign, more]) => (sort === "DATE" ? floorDay(pivot - step + more) : pivot - sign * step + more));

const anySpan: fc.Arbitrary<ReferenceSpan> = fc.oneof(
  fc.constant<ReferenceSpan>({ kind: "all" }),
  fc.record({
    kind: fc.constant("window" as const),
    amount: fc.constantFrom(1, 7, 30),
    unit: fc.constantFrom("s", "m", "h", "d", "w"),
  }),
  fc.record({
    kind: fc.constant("window" as const),
    amount: fc.constantFrom(1, 2, 12),
    unit: fc.constantFrom("mo", "y"),
  }),
  anyDays(),
);

function anyDays(): fc.Arbitrary<ReferenceSpan> {
  return fc
    .tuple(fc.constantFrom(0, 0, 1, 7, 30), fc.constantFrom(0, 1, 6, 30))
    .map(([lower, more]) => ({ kind: "days", lower, upper: lower + more }));
}

const numeric = new Set([
  "sum",
  "sum_distinct",
  "avg",
  "mean",
  "stddev",
  "std",
  "stddev_pop",
  "variance",
  "var",
  "var_pop",
]);
const isNumeric = (name: string): boolean => numeric.has(name) || /^(?:median|p\d|percentile|quantile)/.test(name);

const anyColumn = (spans: fc.Arbitrary<ReferenceSpan>): fc.Arbitrary<Omit<Column, "name">> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .record({
          function: fc.constantFrom(...Object.keys(referenceFunctions)),
          column: fc.constantFrom("value" as const, "value" as const, "label" as const),
          span: spans,
          filtered: fc.boolean(),
          fill: fc.constantFrom(null, null, 0, -1.5),
        })
        .map((made) => ({
          ...made,
          over: null,
          column: isNumeric(made.function) ? ("value" as const) : made.column,
          fill: made.column === "label" && !isNumeric(made.function) ? null : made.fill,
        })),
    },
    {
      weight: 1,
      arbitrary: spans.map((span) => ({
        function: "count",
        column: undefined,
        span,
        over: null,
        filtered: false,
        fill: null,
      })),
    },
  );

const anyRatio: fc.Arbitrary<Omit<Column, "name">> = fc.record({
  function: fc.constantFrom("sum", "count", "avg", "max"),
  column: fc.constant("value" as const),
  span: anyDays(),
  over: anyDays(),
  filtered: fc.boolean(),
  fill: fc.constantFrom(null, 0),
});

const anyColumns = (spans: fc.Arbitrary<ReferenceSpan>, ratios: boolean): fc.Arbitrary<readonly Column[]> =>
  fc
    .array(
      ratios
        ? fc.oneof({ weight: 6, arbitrary: anyColumn(spans) }, { weight: 1, arbitrary: anyRatio })
        : anyColumn(spans),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((columns) => columns.map((column, index) => ({ ...column, name: `c${index}` })));

const anyEvents = (pivot: bigint, sort: Sort): fc.Arbitrary<readonly ReferenceEvent[]> =>
  fc.array(
    fc.record({
      id: fc.constantFrom("a", "a", "b", null),
      kind: fc.constantFrom("x", "y", null),
      time: fc.oneof({ weight: 12, arbitrary: anyTime(pivot, sort) }, { weight: 1, arbitrary: fc.constant(null) }),
      value: fc.constantFrom(null, 0, 1, 1, 2.5, -3, 1e6),
      label: fc.constantFrom(null, "", "p", "q"),
    }),
    { maxLength: 14 },
  );

interface World {
  readonly zone: (typeof zones)[number];
  readonly sort: Sort;
  readonly pivot: bigint;
  readonly events: readonly ReferenceEvent[];
  readonly columns: readonly Column[];
  readonly includeCurrent: boolean;
  readonly grouped: boolean;
}

const anyWorld = (spans: fc.Arbitrary<ReferenceSpan> = anySpan, ratios = true): fc.Arbitrary<World> =>
  fc
    .record({
      zone: fc.constantFrom(...zones),
      sort: fc.constantFrom<Sort>("DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMPTZ"),
      pivot: fc.constantFrom(...pivots),
    })
    .chain(({ zone, sort, pivot }) =>
      fc.record({
        zone: fc.constant(zone),
        sort: fc.constant(sort),
        pivot: fc.constant(pivot),
        events: anyEvents(pivot, sort),
        columns: anyColumns(spans, ratios),
        includeCurrent: fc.boolean(),
        grouped: fc.boolean(),
      }),
    );

const clockOf = ({ zone, sort }: Pick<World, "zone" | "sort">): ReferenceClock =>
  zone === "UTC" || sort !== "TIMESTAMPTZ" ? plainClock : zoneClock(zone);

const configOf = (world: World): Record<string, unknown> => ({
  id_col: "id",
  time_column: "happened",
  timezone: world.zone,
  include_current: world.includeCurrent,
  ...(world.grouped ? { group_by: "kind" } : {}),
  ...written(world.columns),
});

const keyOf = (row: Readonly<Record<string, unknown>>, grouped: boolean): string =>
  JSON.stringify(grouped ? [row["id"], row["kind"]] : [row["id"]]);

const byKey = (events: readonly ReferenceEvent[], grouped: boolean): ReadonlyMap<string, readonly ReferenceEvent[]> =>
  Map.groupBy(events, (event) => keyOf({ ...event }, grouped));

const isSeen = (time: bigint | null, t: bigint, includeCurrent: boolean): boolean =>
  time !== null && (includeCurrent ? time <= t : time < t);

const check = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => Promise<void>, runs: number): Promise<void> =>
  fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: runs });

/** `2024-03-31 12:00:00.000001`, of a wall clock. */
const wallText = (wall: bigint): string => {
  const micros = ((wall % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((wall - micros) / 1000n)).toISOString().slice(0, 19).replace("T", " ");
  return `${seconds}.${micros.toString().padStart(6, "0")}`;
};

describe("windows", () => {
  it("as of a moment", () =>
    check(
      fc.tuple(anyWorld(), fc.constantFrom("date", "wall", "instant"), fc.constantFrom(0n, 1n, -1n, hour)),
      async ([world, form, shift]) => {
        const zone = zoneClock(world.zone);
        const at = world.pivot + shift;
        const [text, t] = ((): readonly [string, bigint] => {
          const clock = clockOf(world);
          if (form === "date") return [wallText(at).slice(0, 10), clock.fromWall(floorDay(at))];
          if (form === "wall") return [wallText(at), clock.fromWall(at)];
          return [`${wallText(at)}Z`, world.sort === "TIMESTAMPTZ" ? at : zone.toWall(at)];
        })();
        await makeEvents(world.events, world.sort);
        const rows = await rowsOf(sqlOf({ ...configOf(world), mode: "as_of", as_of: text }), ["as_of"]);
        const groups = byKey(
          world.events.filter(({ time }) => isSeen(time, t, world.includeCurrent)),
          world.grouped,
        );
        expect(rows.map((row) => keyOf(row, world.grouped)).toSorted()).toEqual([...groups.keys()].toSorted());
        for (const row of rows) {
          if (form !== "date") expect(row["as_of"]).toBe(Number(t));
          compare(row, world.columns, groups.get(keyOf(row, world.grouped)) ?? [], {
            ...world,
            t,
            clock: clockOf(world),
          });
        }
      },
      120,
    ));

  it("as of the date that each row carries", () =>
    check(
      fc.tuple(anyWorld(), fc.constantFrom<Sort>("DATE", "TIMESTAMP", "TIMESTAMPTZ")).chain(([world, sort]) =>
        fc.record({
          world: fc.constant(world),
          sort: fc.constant(sort),
          dates: fc.array(fc.oneof({ weight: 9, arbitrary: anyTime(world.pivot, sort) }, fc.constant(null)), {
            minLength: world.events.length,
            maxLength: world.events.length,
          }),
        }),
      ),
      async ({ world, sort, dates }) => {
        await makeEvents(world.events, world.sort);
        await connection.run(`alter table input_0 add column looked ${sort}`);
        for (const [index, date] of dates.entries()) {
          await connection.run(`update input_0 set looked = ${sqlTime(date, sort)} where rowid = ${index}`);
        }
        const config = { ...configOf(world), application_date_col: "looked" };
        const rows = await rowsOf(sqlOf(config), ["looked"]);
        const keyed = world.events.map((event, index) => ({ event, date: dates[index] ?? null }));
        const key = (row: Readonly<Record<string, unknown>>, date: bigint | number | null): string =>
          `${keyOf(row, world.grouped)} ${date}`;
        const groups = Map.groupBy(keyed, ({ event, date }) => key({ ...event }, date));
        expect(rows.map((row) => key(row, row["looked"] as number | null)).toSorted()).toEqual(
          [...groups.keys()].toSorted(),
        );
        for (const row of rows) {
          const members = groups.get(key(row, row["looked"] as number | null)) ?? [];
          const t = sameClock(members[0]?.date ?? null, sort, world);
          const seen = { ...world, t, clock: clockOf(world), wholeDay: sort === "DATE" };
          compare(
            row,
            world.columns,
            members.map(({ event }) => event),
            seen,
          );
        }
      },
      80,
    ));

  it("at each event", () =>
    check(
      anyWorld(),
      async (world) => {
        await makeEvents(world.events, world.sort);
        const rows = await rowsOf(sqlOf({ ...configOf(world), mode: "per_event" }), ["happened"]);
        expect(rows).toHaveLength(world.events.length);
        const groups = byKey(world.events, world.grouped);
        for (const [index, event] of world.events.entries()) {
          const row = rows[index];
          expect([row?.["id"], row?.["label"]]).toEqual([event.id, event.label]);
          const members = groups.get(keyOf({ ...event }, world.grouped)) ?? [];
          compare(row, world.columns, members, { ...world, t: event.time, clock: clockOf(world) });
        }
      },
      120,
    ));

  it("at each row of a spine", () =>
    check(
      fc.tuple(anyWorld(), fc.constantFrom<Sort>("DATE", "TIMESTAMP", "TIMESTAMPTZ")).chain(([world, sort]) =>
        fc.record({
          world: fc.constant(world),
          sort: fc.constant(sort),
          spine: fc.array(
            fc.record({
              id: fc.constantFrom("a", "b", "c", null),
              kind: fc.constantFrom("x", "y", null),
              at: fc.oneof({ weight: 9, arbitrary: anyTime(world.pivot, sort) }, fc.constant(null)),
            }),
            { maxLength: 8 },
          ),
        }),
      ),
      async ({ world, sort, spine }) => {
        await makeEvents(world.events, world.sort);
        await makeTable(
          "input_1",
          `id varchar, kind varchar, looked ${sort}`,
          spine.map(({ id, kind, at }) => `(${sqlText(id)}, ${sqlText(kind)}, ${sqlTime(at, sort)})`),
        );
        const config = { ...configOf(world), mode: "spine", application_date_col: "looked" };
        const rows = await rowsOf(sqlOf(config), ["looked"]);
        expect(rows.map(({ id, kind, looked }) => [id, kind, looked])).toEqual(
          spine.map(({ id, kind, at }) => [id, kind, at === null ? null : Number(at)]),
        );
        const groups = byKey(world.events, world.grouped);
        for (const [index, { id, kind, at }] of spine.entries()) {
          const isNobody = id === null || (world.grouped && kind === null);
          const members = isNobody ? [] : (groups.get(keyOf({ id, kind }, world.grouped)) ?? []);
          const t = sameClock(at, sort, world);
          compare(rows[index], world.columns, members, { ...world, t, clock: clockOf(world) });
        }
      },
      100,
    ));

  it("at each step of a grid, as `as_of` would say", () =>
    check(
      fc.tuple(anyWorld(), fc.constantFrom("1d", "6h", "1mo", "1w"), fc.boolean()),
      async ([world, every, begins]) => {
        const clock = clockOf(world);
        const onCalendar = every !== "6h";
        const toSteps = (time: bigint): bigint => (onCalendar ? clock.toWall(time) : time);
        const fromSteps = (time: bigint): bigint => (onCalendar ? clock.fromWall(time) : time);
        const end = clock.fromWall(world.pivot);
        const startWall = world.pivot - 20n * day;
        await makeEvents(world.events, world.sort);
        const range = { end: wallText(world.pivot), ...(begins ? { start: wallText(startWall) } : {}) };
        const rows = await rowsOf(sqlOf({ ...configOf(world), mode: "grid", every, ...range }), ["as_of"]);

        const known = world.events.flatMap(({ time }) => (time !== null && time <= end ? [time] : []));
        const first = known.length === 0 ? null : known.reduce((a, b) => (a < b ? a : b));
        const begin = begins
          ? toSteps(clock.fromWall(startWall))
          : first === null
            ? null
            : bucket(toSteps(first), every);
        const points: bigint[] = [];
        for (let k = 0; begin !== null; k++) {
          const point = fromSteps(stepped(begin, every, k));
          if (point > end) break;
          points.push(point);
        }
        const groups = byKey(
          world.events.filter(({ time }) => time !== null && time <= end),
          world.grouped,
        );
        const want = [...groups].flatMap(([key, members]) =>
          points
            .filter((t) => members.some(({ time }) => isSeen(time, t, world.includeCurrent)))
            .map((t) => `${key} ${t}`),
        );
        expect(rows.map((row) => `${keyOf(row, world.grouped)} ${row["as_of"]}`).toSorted()).toEqual(want.toSorted());
        for (const row of rows) {
          const members = groups.get(keyOf(row, world.grouped)) ?? [];
          compare(row, world.columns, members, { ...world, t: BigInt(row["as_of"] ?? 0), clock });
        }
      },
      60,
    ));

  it("side by side", () =>
    check(
      fc.tuple(anyWorld(fc.constant<ReferenceSpan>({ kind: "all" }), false), fc.constantFrom("1d", "6h", "1mo", "1w")),
      async ([world, every]) => {
        const clock = clockOf(world);
        const onCalendar = every !== "6h";
        const startOf = (time: bigint): bigint => bucket(onCalendar ? clock.toWall(time) : time, every);
        const shown = (step: bigint): bigint => (onCalendar ? clock.fromWall(step) : step);
        await makeEvents(world.events, world.sort);
        const config = { ...configOf(world), mode: "tumbling", every };
        const rows = await rowsOf(sqlOf(config), ["window_start", "window_end"]);
        const placed = world.events.filter(({ time }) => time !== null);
        const groups = Map.groupBy(placed, (event) => {
          const start = startOf(event.time ?? 0n);
          return `${keyOf({ ...event }, world.grouped)} ${shown(start)} ${shown(stepped(start, every, 1))}`;
        });
        const key = (row: Readonly<Record<string, Cell>>): string =>
          `${keyOf(row, world.grouped)} ${row["window_start"]} ${row["window_end"]}`;
        expect(rows.map(key).toSorted()).toEqual([...groups.keys()].toSorted());
        for (const row of rows) {
          const seen = { t: instant("2100-01-01T00:00:00Z"), clock, includeCurrent: true };
          compare(row, world.columns, groups.get(key(row)) ?? [], seen);
        }
      },
      120,
    ));

  it("without any time", () =>
    check(
      anyWorld(fc.constant<ReferenceSpan>({ kind: "all" }), false),
      async (world) => {
        const events = world.events.map((event) => ({ ...event, time: event.time ?? world.pivot }));
        await makeEvents(events, world.sort);
        const rows = await rowsOf(sqlOf({ ...configOf(world), mode: "none" }), []);
        const groups = byKey(events, world.grouped);
        expect(rows).toHaveLength(groups.size);
        for (const row of rows) {
          const seen = { t: instant("2100-01-01T00:00:00Z"), clock: plainClock, includeCurrent: true };
          compare(row, world.columns, groups.get(keyOf(row, world.grouped)) ?? [], seen);
        }
      },
      120,
    ));
});

/** A time of another table on the events' clock: without a zone it is wall clock of the node's zone. */
function sameClock(time: bigint | null, sort: Sort, world: World): bigint | null {
  if (time === null || world.zone === "UTC") return time;
  const zone = zoneClock(world.zone);
  const isZoned = sort === "TIMESTAMPTZ";
  if (isZoned === (world.sort === "TIMESTAMPTZ")) return time;
  return isZoned ? zone.toWall(time) : zone.fromWall(time);
}

/** Where the step that holds a time begins: days at midnight, weeks on Mondays, months on the first. */
function bucket(time: bigint, every: string): bigint {
  const date = new Date(Number(floorDay(time)) / 1000);
  if (every === "1mo") return BigInt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)) * 1000n;
  if (every === "1d") return floorDay(time);
  if (every === "1w") return floorDay(time) - BigInt((date.getUTCDay() + 6) % 7) * day;
  return floorDay(time) + ((time - floorDay(time)) / (6n * hour)) * 6n * hour;
}

/** The beginning of the `k`th step after `begin`. */
function stepped(begin: bigint, every: string, k: number): bigint {
  if (every !== "1mo") return begin + BigInt(k) * (every === "1d" ? day : every === "1w" ? 7n * day : 6n * hour);
  const date = new Date(Number(floorDay(begin)) / 1000);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + k + 1, 0)).getUTCDate();
  const moved = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + k, Math.min(date.getUTCDate(), last));
  return BigInt(moved) * 1000n + (begin - floorDay(begin));
}
