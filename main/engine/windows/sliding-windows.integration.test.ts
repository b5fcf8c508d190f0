import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import {
  bucket,
  byKey,
  check,
  clockOf,
  expectSame,
  isSeen,
  keyOf,
  sameClock,
  stepped,
  wallText,
} from "../../../test-support/windows/check.ts";
import { anyTime, anyWorld, day, type Sort } from "../../../test-support/windows/generators.ts";
import {
  configOf,
  openTables,
  sqlOf,
  sqlText,
  sqlTime,
  type WindowTables,
} from "../../../test-support/windows/tables.ts";

// Every function and span against definitions written out over arrays.

let tables: WindowTables;
beforeAll(async () => {
  tables = await openTables();
});

describe("windows seen from many times", () => {
  it("at each event", () =>
    check(
      anyWorld(),
      async (world) => {
        await tables.makeEvents(world.events, world.sort);
        const rows = await tables.rowsOf(sqlOf({ ...configOf(world), mode: "per_event" }), ["happened"]);
        expect(rows).toHaveLength(world.events.length);
        const groups = byKey(world.events, world.grouped);
        for (const [index, event] of world.events.entries()) {
          const row = rows[index];
          expect([row?.["id"], row?.["label"]]).toEqual([event.id, event.label]);
          const members = groups.get(keyOf({ ...event }, world.grouped)) ?? [];
          expectSame(row, world.columns, members, { ...world, t: event.time, clock: clockOf(world) });
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
        await tables.makeEvents(world.events, world.sort);
        await tables.makeTable(
          "input_1",
          `id varchar, kind varchar, looked ${sort}`,
          spine.map(({ id, kind, at }) => `(${sqlText(id)}, ${sqlText(kind)}, ${sqlTime(at, sort)})`),
        );
        const config = { ...configOf(world), mode: "spine", application_date_col: "looked" };
        const rows = await tables.rowsOf(sqlOf(config), ["looked"]);
        expect(rows.map(({ id, kind, looked }) => [id, kind, looked])).toEqual(
          spine.map(({ id, kind, at }) => [id, kind, at === null ? null : Number(at)]),
        );
        const groups = byKey(world.events, world.grouped);
        for (const [index, { id, kind, at }] of spine.entries()) {
          const isNobody = id === null || (world.grouped && kind === null);
          const members = isNobody ? [] : (groups.get(keyOf({ id, kind }, world.grouped)) ?? []);
          const t = sameClock(at, sort, world);
          expectSame(rows[index], world.columns, members, { ...world, t, clock: clockOf(world) });
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
        await tables.makeEvents(world.events, world.sort);
        const range = { end: wallText(world.pivot), ...(begins ? { start: wallText(startWall) } : {}) };
        const rows = await tables.rowsOf(sqlOf({ ...configOf(world), mode: "grid", every, ...range }), ["as_of"]);

        const known = world.events.flatMap(({ time }) => (time !== null && time <= end ? [time] : []));
        const first = known.length === 0 ? null : known.reduce((a, b) => (a < b ? a : b));
        const begin = begins
          ? toSteps(clock.fromWall(startWall))
          : first === null
            ? null
            : bucket(toSteps(first), every);
        const points: bigint[] = [];
        const point = (k: number): bigint => (begin === null ? end + 1n : fromSteps(stepped(begin, every, k)));
        for (let k = 0; point(k) <= end; k++) points.push(point(k));
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
          expectSame(row, world.columns, members, { ...world, t: BigInt(row["as_of"] ?? 0), clock });
        }
      },
      60,
    ));
});
