// What an editor waits for at 200 nodes: the columns and errors of a text as it is typed, and of everything downstream
// once it is saved. In process, as the studio asks.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createEngine } from "../main/engine/index.ts";
import type { Figure } from "./report.ts";

const nodeCount = 200;
const width = 10;
const edits = 60;
const never = new AbortController().signal;

const sqlOf = (index: number): string =>
  index < width
    ? "select range as a, 'x' || range as b, 1.5::decimal(10, 2) as c from range(10)"
    : `select a, b, c * 2 / 2 as c, a + length(b) as d from ref('transform.n${index - width}') where a >= 0`;

const write = (root: string, index: number, sql: string): void =>
  writeFileSync(join(root, "pipelines", `n${index}.yml`), `kind: transform\nname: n${index}\ntransform: |\n  ${sql}\n`);

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const figure = (name: string, values: readonly number[], target: number): Figure => ({
  name: `${name}, p95`,
  value: percentile(values, 0.95),
  unit: "ms",
  target,
  detail: `median ${percentile(values, 0.5).toFixed(1)} ms of ${values.length}`,
});

/** Times of answers, while nothing else runs. */
export const describeBench = async (): Promise<readonly Figure[]> => {
  const root = mkdtempSync(join(tmpdir(), "headrace-bench-describe-"));
  try {
    mkdirSync(join(root, "pipelines"), { recursive: true });
    writeFileSync(join(root, "headrace.yml"), "name: bench\n");
    for (let index = 0; index < nodeCount; index++) write(root, index, sqlOf(index));
    await using engine = createEngine({ root });
    await engine.project();
    const first = await timed(() => engine.schemas(never));
    const leaf = nodeCount - 1;
    const typed: number[] = [];
    const saved: number[] = [];
    const upstream: number[] = [];
    for (let edit = 0; edit < edits; edit++) {
      const wrong = edit % 2 === 0 ? "cc" : "c";
      const sql = `select a, ${wrong} + ${edit} as c from ref('transform.n${leaf - width}')`;
      typed.push(await timed(() => engine.describe({ node: `transform.n${leaf}`, sql }, never)));
      write(root, leaf, sql);
      saved.push(await timed(() => engine.schemas(never)));
      // The column that every node below needs comes and goes.
      const top = edit % 2 === 0 ? sqlOf(0).replace("as c", "as gone") : sqlOf(0);
      write(root, 0, top);
      upstream.push(await timed(() => engine.schemas(never)));
    }
    return [
      figure(`a text as it is typed, ${nodeCount} nodes`, typed, 200),
      figure("an edited leaf, saved: every card and problem", saved, 200),
      figure(`an edited source, saved: ${nodeCount / width - 1} nodes below it bound again`, upstream, 200),
      { name: "the first look, process started", value: first, unit: "ms", target: null, detail: "once a project" },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
