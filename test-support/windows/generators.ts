// Random worlds for tests of windows: times lie on and beside the ends of windows, days and clock changes.

import fc from "fast-check";

import { type ReferenceEvent, referenceFunctions, type ReferenceSpan } from "./reference.ts";

/** The types that a time column may have. */
export type Sort = "DATE" | "TIMESTAMP" | "TIMESTAMPTZ";

export const day = 86_400_000_000n;
export const hour = day / 24n;
/** Microseconds since 1970 of an ISO text. */
export const instant = (text: string): bigint => BigInt(Date.parse(text)) * 1000n;
export const floorDay = (time: bigint): bigint => time - (((time % day) + day) % day);

/** A column that a node asks for. */
export interface Column {
  readonly name: string;
  readonly function: string;
  readonly column: "value" | "label" | undefined;
  readonly span: ReferenceSpan;
  readonly over: ReferenceSpan | null;
  readonly filtered: boolean;
  readonly fill: number | null;
}

/** Events and what is asked about them. */
export interface World {
  readonly zone: (typeof zones)[number];
  readonly sort: Sort;
  readonly pivot: bigint;
  readonly events: readonly ReferenceEvent[];
  readonly columns: readonly Column[];
  readonly includeCurrent: boolean;
  readonly grouped: boolean;
}

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

/** A time near a pivot. */
export const anyTime = (pivot: bigint, sort: Sort): fc.Arbitrary<bigint> =>
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

/** A world whose columns take their spans from `spans`. */
export const anyWorld = (spans: fc.Arbitrary<ReferenceSpan> = anySpan, ratios = true): fc.Arbitrary<World> =>
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
