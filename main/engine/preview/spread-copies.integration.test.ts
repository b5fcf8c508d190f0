import { readdirSync, statSync } from "node:fs";
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

it("gives the same pages of a sorted view before and after its copy, and leaves nothing behind", async () => {
  await using project = await temporaryProject({ "pipelines/big.yml": big });
  await project.run();
  const scratch = join(project.root, "target", "scratch");
  const files = (): readonly number[] =>
    readdirSync(scratch, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
  const { tables } = await project.engine();
  const table: TableRef = { type: "node", node: "transform.big" };
  const view = tableViewSchema.parse({ sort: [{ column: "h", descending: true }] });
  const page = async (offset: number) =>
    (await tables.rows(table, view, { offset, limit: 40, columns: null, longest: 20 }, never)).rows;
  const offsets = [0, 40, 100_000, 200_000, 300_000, 450_000, 700_000, 899_960];
  const first = [];
  for (const offset of offsets) first.push(await page(offset));
  await tables.settled();
  // The first rows of the view, the order of all of them, and the copy.
  expect(files()).toHaveLength(3);
  for (const [at, offset] of offsets.entries()) expect(await page(offset)).toEqual(first[at]);
  await project.restart();
  expect(files()).toEqual([]);
}, 120_000);
