import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

import { type TableRef, tableViewSchema } from "../../../shared/table/index.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

const big = `kind: transform
name: big
transform: |
  select range as id, hash(range) as h, md5(range::varchar) as t, md5((range + 1)::varchar) as u,
    nullif(range % 3, 0)::decimal(20, 4) as d, [range, null] as l, {'at': timestamp '2024-01-01' + to_seconds(range)} as s
  from range(900_000)
`;
const never = new AbortController().signal;

const table: TableRef = { type: "node", node: "transform.big" };
const offsets = [0, 40, 100_000, 200_000, 300_000, 450_000, 700_000, 899_960];

const bigProject = async () => {
  const project = await temporaryProject({ "pipelines/big.yml": big });
  await project.run();
  const scratch = join(project.root, "target", "scratch");
  const files = (): readonly string[] =>
    readdirSync(scratch, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );
  const { tables } = await project.engine();
  const pageBy = (column: string) => async (offset: number) => {
    const view = tableViewSchema.parse({ sort: [{ column, descending: true }] });
    return (await tables.rows(table, view, { offset, limit: 40, columns: null, longest: 20 }, never)).rows;
  };
  return { project, tables, files, pageBy, [Symbol.asyncDispose]: () => project[Symbol.asyncDispose]() };
};

it("gives the same pages of a sorted view before and after its copy, and leaves nothing behind", async () => {
  await using opened = await bigProject();
  const { project, tables, files } = opened;
  const page = opened.pageBy("h");
  const first = [];
  for (const offset of offsets) first.push(await page(offset));
  await tables.settled();
  // The first rows of the view, the order of all of them, and the copy.
  expect(files()).toHaveLength(3);
  for (const [at, offset] of offsets.entries()) expect(await page(offset)).toEqual(first[at]);
  await project.restart();
  expect(files()).toEqual([]);
}, 120_000);

it("makes the copy after an order that somebody waits for, not beside it", async () => {
  await using opened = await bigProject();
  const { tables, files, pageBy } = opened;
  for (const offset of offsets) await pageBy("h")(offset);
  const middle = await pageBy("t")(450_000);
  await tables.settled();
  // The first rows of the one view, the orders of both, and the copy.
  expect(files()).toHaveLength(4);
  expect(await pageBy("t")(450_000)).toEqual(middle);
}, 120_000);
