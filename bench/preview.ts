import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createEngine, type Engine, wholeRun } from "../main/engine/index.ts";
import { type TableRef, type TableView, tableViewSchema } from "../shared/table/index.ts";
import { median } from "./measure.ts";
import type { Figure } from "./report.ts";

const rows = 10_000_000;
const pageRows = 200;
/** What the window asks for first of a sorted view. */
const firstRows = 16;
const never = new AbortController().signal;

/** A project with a table of so many rows and nine columns, and a small one beside it: file by file. */
export const largeTableFiles = (tableRows: number): Readonly<Record<string, string>> => ({
  "headrace.yml": "name: preview\n",
  "pipelines/small.yml":
    "kind: transform\nname: small\ntransform: select range as id, range * 2 as twice from range(30)\n",
  "pipelines/big.yml": `kind: transform
name: big
transform: |
  select range as id, hash(range) % 1000000 as k, ((hash(range * 7) % 100000) / 100)::decimal(18, 2) as amount,
    'customer ' || (hash(range) % 50000) as name, timestamp '2020-01-01' + to_seconds(range % 100000000) as moment,
    (range % 7)::varchar as status, hash(range * 3) / 1e19 as x, range % 2 = 0 as even,
    case when range % 10 > 0 then 'note ' || range end as note
  from range(${tableRows})
`,
});

const big: TableRef = { type: "node", node: "transform.big" };
const viewOf = (view: Partial<TableView>): TableView => tableViewSchema.parse(view);
const whole = viewOf({});
const sortedBy = (column: string, descending: boolean): TableView => viewOf({ sort: [{ column, descending }] });

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const page = (engine: Engine, table: TableRef, view: TableView, offset: number, limit = pageRows): Promise<unknown> =>
  engine.tables.rows(table, view, { offset, limit, columns: null, longest: 1000 }, never);

/** Medians of wall time, each with another question: nothing is answered from what was kept. */
export const previews = async (rounds: number): Promise<readonly Figure[]> => {
  const root = await mkdtemp(join(tmpdir(), "headrace-bench-preview-"));
  try {
    await mkdir(join(root, "pipelines"));
    for (const [name, content] of Object.entries(largeTableFiles(rows))) await writeFile(join(root, name), content);
    await using engine = createEngine({ root });
    await runAll(engine);
    return await measureAll(engine, rounds);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
};

const runAll = async (engine: Engine): Promise<void> => {
  const summary = await engine.run(wholeRun, never, () => undefined);
  if (summary.failed > 0) throw new Error("the bench's nodes failed");
};

const measureAll = async (engine: Engine, rounds: number): Promise<readonly Figure[]> => {
  const { tables } = engine;
  const small: TableRef = { type: "node", node: "transform.small" };
  await tables.open(small, whole, never);
  await tables.open(big, whole, never);
  const figures: Figure[] = [];
  const add = async (
    name: string,
    target: number | null,
    detail: string,
    work: (round: number) => Promise<unknown>,
    turns = rounds,
  ): Promise<void> => {
    const times: number[] = [];
    for (let round = 0; round < turns; round++) times.push(await timed(() => work(round)));
    figures.push({ name, value: median(times), unit: "ms", target, detail });
  };
  await add("a page of a node's table", 100, "30 rows", () => page(engine, small, whole, 0));
  for (const share of [0, 0.5, 1]) {
    const offset = Math.floor(share * (rows - pageRows));
    await add(`${pageRows} rows of ten million, from row ${offset + 1}`, 300, "nine columns", (round) =>
      page(engine, big, whole, Math.max(0, offset - round)),
    );
  }
  const columns = ["amount", "x", "k"];
  for (const [by, detail, viewAt] of [
    ["a number", columns.join(", "), (round: number) => sortedBy(columns[round % 3] ?? "k", round >= 3)],
    ["a text", "50,000 different ones", (round: number) => sortedBy("name", round % 2 === 0)],
  ] as const) {
    const firsts: number[] = [];
    await add(`ten million rows sorted by ${by}, to rows of the middle`, 2000, detail, async (round) => {
      firsts.push(await timed(() => page(engine, big, viewAt(round), 0, firstRows)));
      await page(engine, big, viewAt(round), rows / 2, firstRows);
      await tables.settled();
    });
    figures.push({ name: "the same, to the first rows", value: median(firsts), unit: "ms", target: 2000, detail: "" });
  }
  const sorted = sortedBy("amount", false);
  await add(
    `${firstRows} rows of a sorted view, the first pages asked for`,
    300,
    "nine columns",
    (round) => page(engine, big, sorted, 1_234_567 * (round + 1), firstRows),
    2 * rounds,
  );
  const value = await timed(() => tables.settled());
  figures.push({ name: "until a copy for such pages is made", value, unit: "ms", target: null, detail: "meanwhile" });
  await add(`${pageRows} rows of a sorted view, anywhere`, 300, "nine columns, rows from all over the file", (round) =>
    page(engine, big, sorted, 1_345_678 * (round + 1)),
  );
  await add("filter of ten million rows by a text", null, "", (round) =>
    tables.open(big, viewOf({ filters: [{ test: "contains", column: "name", value: `${round}9` }] }), never),
  );
  await add("search of nine columns of ten million rows", null, "", (round) =>
    tables.open(big, viewOf({ search: `note 9${round}` }), never),
  );
  const all = Array.from({ length: 9 }, (_value, at) => at);
  await add("how the values of nine columns are spread, by a sample", null, "100,000 rows", () =>
    tables.profile(big, all, "sample", never),
  );
  return figures;
};
