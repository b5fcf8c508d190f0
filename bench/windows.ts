// Five million events: what an aggregation costs beside the query one would write by hand, both as nodes of one project.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createEngine, type Engine } from "../main/engine/index.ts";
import { median } from "./measure.ts";
import { cpuOfNode } from "./node-cpu.ts";
import type { Figure } from "./report.ts";

const rows = 5_000_000;
const windows = [7, 30, 90];
const date = "2024-06-30";

const events = `kind: transform
name: events
transform: |
  select
    (hash(range) % 100000)::integer as customer,
    timestamp '2023-07-01' + to_seconds((hash(range * 7 + 1) % 34560000)::bigint) as happened,
    (hash(range * 13 + 5) % 100000)::double / 100 as amount
  from range(${rows})
`;

const fewer = `kind: transform
name: fewer_events
transform: select * from ref('transform.events') where customer < 20000
`;

const byKind = (mode: string, input: string): string => `kind: aggregation
name: ${mode}
mode: ${mode}
id_col: customer
time_column: happened
inputs: [{ref: transform.${input}}]
features:
  - column: amount
    rolling:
${windows.map((days) => `      - {window: ${days}d, functions: [sum, count, avg]}`).join("\n")}
`;

const byHand = (name: string, sql: string): string =>
  `kind: transform\nname: ${name}\ntransform: |\n${sql.replaceAll(/^/gm, "  ")}\n`;

const perWindow = (column: (days: number, fn: string) => string): string =>
  windows
    .flatMap((days) => ["sum", "count", "avg"].map((fn) => `${column(days, fn)} as amount_${fn}_${days}d`))
    .join(",\n  ");

const asOf = `select customer, date '${date}' as as_of,
  ${perWindow((days, fn) => `${fn}(amount) filter (where happened > timestamp '${date}' - interval ${days} days)`)}
from ref('transform.events')
where happened <= timestamp '${date}'
group by customer`;

const perEvent = `select *,
  ${perWindow((days, fn) => `${fn}(amount) over w${days}`)}
from ref('transform.fewer_events')
window ${windows
  .map(
    (days) =>
      `w${days} as (partition by customer order by happened range between interval '${days} days -1 microsecond' preceding and current row)`,
  )
  .join(",\n  ")}`;

const files: Readonly<Record<string, string>> = {
  "headrace.yml": "name: windows\n",
  "pipelines/events.yml": events,
  "pipelines/fewer_events.yml": fewer,
  "pipelines/as_of.yml": byKind("as_of", "events"),
  "pipelines/per_event.yml": byKind("per_event", "fewer_events"),
  "pipelines/as_of_by_hand.yml": byHand("as_of_by_hand", asOf),
  "pipelines/per_event_by_hand.yml": byHand("per_event_by_hand", perEvent),
};

const writeProject = (root: string): void => {
  mkdirSync(join(root, "pipelines"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
};

const compare = async (
  engine: Engine,
  mode: string,
  title: string,
  rounds: number,
): Promise<Omit<Figure, "target">> => {
  const [kind, hand]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    kind.push(await cpuOfNode(engine, `aggregation.${mode}`, date));
    hand.push(await cpuOfNode(engine, `transform.${mode}_by_hand`, date));
  }
  return {
    name: `${title}, against the query by hand`,
    value: median(kind) / median(hand),
    unit: "×",
    detail: `${median(kind).toFixed(2)} s against ${median(hand).toFixed(2)} s CPU`,
  };
};

/** Both as they are run: planned, checked, written as parquet. */
export const windowAggregates = async (rounds: number): Promise<readonly Figure[]> => {
  const root = mkdtempSync(join(tmpdir(), "headrace-bench-"));
  try {
    writeProject(root);
    await using engine = createEngine({ root });
    await cpuOfNode(engine, "transform.fewer_events");
    return [
      { ...(await compare(engine, "as_of", "5 M events, three windows as of a date", rounds * 3)), target: 1.2 },
      { ...(await compare(engine, "per_event", "1 M events, three windows at each", rounds)), target: null },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
