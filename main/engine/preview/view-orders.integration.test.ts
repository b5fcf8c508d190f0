import { afterAll, beforeAll, expect, it } from "vitest";

import { type Sort, type TableRef, tableViewSchema } from "../../../shared/table/index.ts";
import { temporaryProject, type TemporaryProject } from "../../../test-support/temporary-project.ts";

// Many rows, of which many are alike; NULL, NaN and blanks among them.
const many = `kind: transform
name: many
transform: |
  select (range * 7919) % 600_000 as id, nullif('name ' || (hash(range) % 500), 'name 7') as name, range % 3 as k,
    case range % 4 when 0 then 'nan'::double when 1 then null else (hash(range) % 1000) / 8 end as x
  from range(600_000)
`;
const never = new AbortController().signal;
const table: TableRef = { type: "node", node: "transform.many" };

let project: TemporaryProject;
beforeAll(async () => {
  project = await temporaryProject({ "pipelines/many.yml": many });
  await project.run();
}, 60_000);
afterAll(() => project[Symbol.asyncDispose]());

const cases: readonly (readonly [name: string, sort: readonly Sort[], sql: string])[] = [
  ["a number", [{ column: "x", descending: false }], "x nulls last"],
  ["a text, from its end", [{ column: "name", descending: true }], "name desc nulls last"],
  [
    "two columns",
    [
      { column: "k", descending: true },
      { column: "name", descending: false },
    ],
    "k desc nulls last, name nulls last",
  ],
];

it.for(cases)("the first rows by %s are the same before and after all of it is sorted", async ([, sort, sql]) => {
  const { tables } = await project.engine();
  const view = tableViewSchema.parse({ sort });
  const page = async (offset: number, limit: number) =>
    (await tables.rows(table, view, { offset, limit, columns: null, longest: null }, never)).rows;
  expect(await tables.open(table, view, never)).toMatchObject({ rows: 600_000, allRows: 600_000 });
  const early = [...(await page(0, 16)), ...(await page(16, 984))];
  await tables.settled();
  const late = await page(0, 1000);
  expect(early).toEqual(late);
  // The next ones follow without a gap; rows that are alike keep the table's order.
  const query = `select * from (select *, row_number() over () as n from transform.many) order by ${sql}, n limit 1100`;
  const whole = { type: "query", sql: `select * exclude (n) from (${query})` } as const;
  const wanted = { offset: 0, limit: 1100, columns: null, longest: null };
  const expected = await tables.rows(whole, tableViewSchema.parse({}), wanted, never);
  expect([...late, ...(await page(1000, 100))]).toEqual(expected.rows);
});

it("gives rows of the middle to somebody who does not wait for the others", async () => {
  const { tables } = await project.engine();
  const view = tableViewSchema.parse({ sort: [{ column: "id", descending: true }] });
  const wanted = { offset: 300_000, limit: 1, columns: [0], longest: null };
  const [, { rows }] = await Promise.all([
    tables.rows(table, view, { ...wanted, offset: 0 }, never),
    tables.rows(table, view, wanted, never),
  ]);
  expect(rows).toEqual([["299999"]]);
});
