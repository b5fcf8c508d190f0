// 1,000 SQL nodes of ten rows: a first run, a run with nothing changed, and one edited leaf.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { inTurn, measure, type Measured } from "./measure.ts";
import type { Figure } from "./report.ts";

const nodeCount = 1000;
const width = 10;

const statement = (index: number, read: (input: number) => string): string =>
  index < width
    ? "select range as a, 'x' || range as b, 1.5::decimal(10, 2) as c from range(10)"
    : `select a, b, c * 2 / 2 as c from ${read(index - width)} where a >= 0`;

const writeProject = (root: string): void => {
  writeFileSync(join(root, "headrace.yml"), "name: bench\n");
  for (let index = 0; index < nodeCount; index++) {
    const folder = join(root, "pipelines", `group${Math.floor(index / 50)}`);
    mkdirSync(folder, { recursive: true });
    const sql = statement(index, (input) => `ref('transform.n${input}')`);
    writeFileSync(join(folder, `n${index}.yml`), `kind: transform\nname: n${index}\ntransform: |\n  ${sql}\n`);
  }
};

/** The same statements on one bare connection, nothing else. */
const bareScript = (root: string, kind: "copy" | "table"): string => {
  const folder = join(root, `bare-${kind}`);
  mkdirSync(folder, { recursive: true });
  const statements = Array.from({ length: nodeCount }, (_, index) =>
    kind === "copy"
      ? `copy (${statement(index, (input) => `read_parquet('${folder}/n${input}.parquet')`)}) to '${folder}/n${index}.parquet' (format parquet, compression zstd)`
      : `create table n${index} as ${statement(index, (input) => `n${input}`)}`,
  );
  const path = join(root, `bare-${kind}.mjs`);
  const api = import.meta.resolve("@duckdb/node-api");
  writeFileSync(
    path,
    `import { DuckDBInstance } from ${JSON.stringify(api)};
const connection = await (await DuckDBInstance.create(":memory:")).connect();
for (const statement of ${JSON.stringify(statements)}) await connection.run(statement);
`,
  );
  return path;
};

const ratio = (name: string, over: { cpu: number }, under: { cpu: number }, target: number | null): Figure => ({
  name,
  value: over.cpu / under.cpu,
  unit: "×",
  target,
  detail: `${over.cpu.toFixed(2)} s against ${under.cpu.toFixed(2)} s CPU`,
});

/** `headrace` is the command line as installed: the bundle. */
export const manyNodes = (headrace: readonly string[], rounds: number): readonly Figure[] => {
  const root = mkdtempSync(join(tmpdir(), "headrace-bench-"));
  try {
    writeProject(root);
    const copyPath = bareScript(root, "copy");
    const tablePath = bareScript(root, "table");
    const run = (): Measured => measure([...headrace, "run", "--quiet"], { cwd: root });
    const cold = (): Measured => {
      rmSync(join(root, "target"), { recursive: true, force: true });
      return run();
    };
    const full = (): Measured => measure([...headrace, "run", "--full", "--quiet"], { cwd: root });
    const first = inTurn(rounds, {
      cold,
      full,
      copy: () => measure([process.execPath, copyPath]),
      table: () => measure([process.execPath, tablePath]),
    });
    let edits = 0;
    const leaf = (): Measured => {
      edits += 1;
      const sql = `select a, b, c + ${edits} as c from ref('transform.n${nodeCount - width}')`;
      const file = join(root, "pipelines", "group19", `n${nodeCount - 1}.yml`);
      writeFileSync(file, `kind: transform\nname: n${nodeCount - 1}\ntransform: |\n  ${sql}\n`);
      return run();
    };
    run();
    const later = inTurn(rounds + 2, { unchanged: run, leaf });
    return [
      ratio("1,000 nodes, all run again, against bare COPY to parquet", first.full, first.copy, 1.5),
      ratio("1,000 nodes, first run ever (files parsed), against bare COPY", first.cold, first.copy, null),
      ratio("1,000 nodes, all run again, against CREATE TABLE AS", first.full, first.table, null),
      {
        name: "1,000 nodes, nothing changed",
        value: later.unchanged.cpu,
        unit: "s CPU",
        target: 0.5,
        detail: `${later.unchanged.wall.toFixed(2)} s wall`,
      },
      {
        name: "1,000 nodes, one leaf edited",
        value: later.leaf.cpu,
        unit: "s CPU",
        target: 0.7,
        detail: `${later.leaf.wall.toFixed(2)} s wall`,
      },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
