// What the rows of a table should hold, from the reference.

import fc from "fast-check";
import { expect } from "vitest";

import { day, floorDay, hour, type Column, type Sort, type World } from "./generators.ts";
import {
  belongs,
  plainClock,
  type ReferenceClock,
  type ReferenceEvent,
  referenceFunctions,
  type ReferenceSpan,
  zoneClock,
} from "./reference.ts";

export type Cell = number | string | null;

/** From where events are looked at. */
export interface Seen {
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

/** Where a row's columns differ from the reference. */
const differences = (
  row: Readonly<Record<string, Cell>> | undefined,
  columns: readonly Column[],
  events: readonly ReferenceEvent[],
  seen: Seen,
): readonly unknown[] =>
  columns.flatMap((column) => {
    const want = expected(column, events, seen);
    const got = row?.[column.name] ?? null;
    return isClose(got, want) ? [] : [{ column, t: seen.t, got, want }];
  });

/** Holds a row's columns against the reference. */
export const expectSame = (...compared: Parameters<typeof differences>): void =>
  expect(differences(...compared)).toEqual([]);

/** Holds a property for so many random values. */
export const check = <T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
  runs: number,
): Promise<void> => fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: runs });

/** The clock of a world's events. */
export const clockOf = ({ zone, sort }: Pick<World, "zone" | "sort">): ReferenceClock =>
  zone === "UTC" || sort !== "TIMESTAMPTZ" ? plainClock : zoneClock(zone);

/** Which entity a row or an event is about. */
export const keyOf = (row: Readonly<Record<string, unknown>>, grouped: boolean): string =>
  JSON.stringify(grouped ? [row["id"], row["kind"]] : [row["id"]]);

/** Events by entity. */
export const byKey = (
  events: readonly ReferenceEvent[],
  grouped: boolean,
): ReadonlyMap<string, readonly ReferenceEvent[]> => Map.groupBy(events, (event) => keyOf({ ...event }, grouped));

/** Whether an event had happened by `t`. */
export const isSeen = (time: bigint | null, t: bigint, includeCurrent: boolean): boolean =>
  time !== null && (includeCurrent ? time <= t : time < t);

/** `2024-03-31 12:00:00.000001`, of a wall clock. */
export const wallText = (wall: bigint): string => {
  const micros = ((wall % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((wall - micros) / 1000n)).toISOString().slice(0, 19).replace("T", " ");
  return `${seconds}.${micros.toString().padStart(6, "0")}`;
};

/** A time of another table on the events' clock: without a zone it is wall clock of the node's zone. */
export function sameClock(time: bigint | null, sort: Sort, world: World): bigint | null {
  if (time === null || world.zone === "UTC") return time;
  const zone = zoneClock(world.zone);
  const isZoned = sort === "TIMESTAMPTZ";
  if (isZoned === (world.sort === "TIMESTAMPTZ")) return time;
  return isZoned ? zone.toWall(time) : zone.fromWall(time);
}

/** Where the step that holds a time begins: days at midnight, weeks on Mondays, months on the first. */
export function bucket(time: bigint, every: string): bigint {
  const date = new Date(Number(floorDay(time)) / 1000);
  if (every === "1mo") return BigInt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)) * 1000n;
  if (every === "1d") return floorDay(time);
  if (every === "1w") return floorDay(time) - BigInt((date.getUTCDay() + 6) % 7) * day;
  return floorDay(time) + ((time - floorDay(time)) / (6n * hour)) * 6n * hour;
}

/** The beginning of the `k`th step after `begin`. */
export function stepped(begin: bigint, every: string, k: number): bigint {
  if (every !== "1mo") return begin + BigInt(k) * (every === "1d" ? day : every === "1w" ? 7n * day : 6n * hour);
  const date = new Date(Number(floorDay(begin)) / 1000);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + k + 1, 0)).getUTCDate();
  const moved = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + k, Math.min(date.getUTCDate(), last));
  return BigInt(moved) * 1000n + (begin - floorDay(begin));
}
