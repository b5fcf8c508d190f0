// What following every column of 1,000 nodes costs: the first time in a process, and after an edit. In process, as the
// studio asks.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createEngine, lineageRoom } from "../main/engine/index.ts";
import type { Figure } from "./report.ts";

const nodeCount = 1000;
const width = 20;
const edits = 10;
const never = new AbortController().signal;

const sqlOf = (index: number): string =>
  index < width
    ? "select range as a, 'x' || range as b, 1.5::decimal(10, 2) as c from range(10)"
    : `with big as (select * from ref('transform.n${index - width}') where a >= 0)\n  select l.a, l.b, l.c * 2 as c, sum(r.a) over (partition by l.b) as d from big l left join ref('transform.n${index - width}') r on l.a = r.a`;

const write = (root: string, index: number, sql: string): void =>
  writeFileSync(join(root, "pipelines", `n${index}.yml`), `kind: transform\nname: n${index}\ntransform: |\n  ${sql}\n`);

/** CPU milliseconds of this process: other programs on the machine do not count. */
const cpuOf = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Times of answers, while nothing else runs. */
export const lineageBench = async (): Promise<readonly Figure[]> => {
  const root = mkdtempSync(join(tmpdir(), "headrace-bench-lineage-"));
  try {
    mkdirSync(join(root, "pipelines"), { recursive: true });
    writeFileSync(join(root, "headrace.yml"), "name: bench\n");
    for (let index = 0; index < nodeCount; index++) write(root, index, sqlOf(index));
    await using engine = createEngine({ root });
    const { columnReport } = await lineageRoom();
    // Columns are what the window knows already.
    await engine.schemas(never);
    const first = await cpuOf(() => engine.lineage(never));
    const leaf = nodeCount - 1;
    const edited: number[] = [];
    const traced: number[] = [];
    for (let edit = 0; edit < edits; edit++) {
      write(root, leaf, `select a + ${edit} as a, c from ref('transform.n${leaf - width}')`);
      edited.push(await cpuOf(() => engine.lineage(never)));
      const lineage = await engine.lineage(never);
      traced.push(await cpuOf(() => columnReport(lineage, { table: "transform.n0", column: "a" })));
    }
    return [
      {
        name: `every column of ${nodeCount} nodes, the first time`,
        value: first,
        unit: "ms",
        target: null,
        detail: "CPU, once a process",
      },
      {
        name: "after an edit of one node",
        value: median(edited),
        unit: "ms",
        target: 200,
        detail: `CPU, median of ${edits}`,
      },
      {
        name: "one column's way through 50 levels",
        value: median(traced),
        unit: "ms",
        target: 50,
        detail: `CPU, median of ${edits}`,
      },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
