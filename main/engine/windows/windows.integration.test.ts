import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import {
  bucket,
  byKey,
  type Cell,
  check,
  clockOf,
  expectSame,
  isSeen,
  keyOf,
  sameClock,
  stepped,
  wallText,
} from "../../../test-support/windows/check.ts";
import { anyTime, anyWorld, floorDay, hour, instant, type Sort } from "../../../test-support/windows/generators.ts";
import { plainClock, type ReferenceSpan, zoneClock } from "../../../test-support/windows/reference.ts";
import { configOf, openTables, sqlOf, sqlTime, type WindowTables } from "../../../test-support/windows/tables.ts";

// Every function and span against definitions written out over arrays.

let tables: WindowTables;
beforeAll(async () => {
  tables = await openTables();
});

describe("windows seen from one time", () => {
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
        await tables.makeEvents(world.events, world.sort);
        const rows = await tables.rowsOf(sqlOf({ ...configOf(world), mode: "as_of", as_of: text }), ["as_of"]);
        const groups = byKey(
          world.events.filter(({ time }) => isSeen(time, t, world.includeCurrent)),
          world.grouped,
        );
        expect(rows.map((row) => keyOf(row, world.grouped)).toSorted()).toEqual([...groups.keys()].toSorted());
        for (const row of rows) {
          expect(form === "date" ? Number(t) : row["as_of"]).toBe(Number(t));
          expectSame(row, world.columns, groups.get(keyOf(row, world.grouped)) ?? [], {
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
        await tables.makeEvents(world.events, world.sort);
        await tables.run(`alter table input_0 add column looked ${sort}`);
        for (const [index, date] of dates.entries()) {
          await tables.run(`update input_0 set looked = ${sqlTime(date, sort)} where rowid = ${index}`);
        }
        const config = { ...configOf(world), application_date_col: "looked" };
        const rows = await tables.rowsOf(sqlOf(config), ["looked"]);
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
          expectSame(
            row,
            world.columns,
            members.map(({ event }) => event),
            seen,
          );
        }
      },
      80,
    ));

  it("side by side", () =>
    check(
      fc.tuple(anyWorld(fc.constant<ReferenceSpan>({ kind: "all" }), false), fc.constantFrom("1d", "6h", "1mo", "1w")),
      async ([world, every]) => {
        const clock = clockOf(world);
        const onCalendar = every !== "6h";
        const startOf = (time: bigint): bigint => bucket(onCalendar ? clock.toWall(time) : time, every);
        const shown = (step: bigint): bigint => (onCalendar ? clock.fromWall(step) : step);
        await tables.makeEvents(world.events, world.sort);
        const config = { ...configOf(world), mode: "tumbling", every };
        const rows = await tables.rowsOf(sqlOf(config), ["window_start", "window_end"]);
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
          expectSame(row, world.columns, groups.get(key(row)) ?? [], seen);
        }
      },
      120,
    ));

  it("without any time", () =>
    check(
      anyWorld(fc.constant<ReferenceSpan>({ kind: "all" }), false),
      async (world) => {
        // A column of dates holds the day alone.
        const known = world.sort === "DATE" ? world.pivot - (world.pivot % 86_400_000_000n) : world.pivot;
        const events = world.events.map((event) => ({ ...event, time: event.time ?? known }));
        await tables.makeEvents(events, world.sort);
        const rows = await tables.rowsOf(sqlOf({ ...configOf(world), mode: "none" }), []);
        const groups = byKey(events, world.grouped);
        expect(rows).toHaveLength(groups.size);
        for (const row of rows) {
          const seen = { t: instant("2100-01-01T00:00:00Z"), clock: plainClock, includeCurrent: true };
          expectSame(row, world.columns, groups.get(keyOf(row, world.grouped)) ?? [], seen);
        }
      },
      120,
    ));
});
