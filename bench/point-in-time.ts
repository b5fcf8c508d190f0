// Point-in-time joins: a training set beside the ASOF join one would write by hand, both as nodes of one project.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createEngine, type Engine } from "../main/engine/index.ts";
import { median } from "./measure.ts";
import { cpuOfNode } from "./node-cpu.ts";
import type { Figure } from "./report.ts";

const spineRows = 1_000_000;
const featureRows = 5_000_000;

const transform = (name: string, sql: string): string =>
  `kind: transform\nname: ${name}\ntransform: |\n${sql.replaceAll(/^/gm, "  ")}\n`;

const moment = (seed: number, from: string, seconds: number): string =>
  `timestamp '${from}' + to_seconds((hash(range * ${seed} + 1) % ${seconds})::bigint)`;

const group = (name: string, input: string, created: boolean): string => `kind: feature_group
name: ${name}
join_keys: [customer_id]
event_time: happened
${created ? "created_time: loaded\n" : ""}inputs: [{ref: transform.${input}}]
features: [amount, visits, segment]
`;

const trainingSet = (name: string, groupName: string): string => `kind: transform
name: ${name}
point_in_time:
  spine: transform.spine
  timestamp: asked
  features: [feature_group.${groupName}]
`;

const files: Readonly<Record<string, string>> = {
  "headrace.yml": "name: point_in_time\n",
  "pipelines/spine.yml": transform(
    "spine",
    `select (hash(range) % 200000)::integer as customer_id, ${moment(3, "2024-01-01", 31_536_000)} as asked, range as id
from range(${spineRows})`,
  ),
  "pipelines/events.yml": transform(
    "events",
    `select *, happened + to_seconds((hash(id * 11) % 86400)::bigint) as loaded
from (
  select range as id, (hash(range * 7) % 200000)::integer as customer_id, ${moment(5, "2023-06-01", 50_000_000)} as happened,
    (hash(range * 13) % 1000)::double as amount, (hash(range * 17) % 1000)::integer as visits,
    'segment ' || (hash(range * 19) % 1000) as segment
  from range(${featureRows}))
qualify row_number() over (partition by customer_id, happened) = 1`,
  ),
  "pipelines/newest.yml": group("newest", "events", false),
  "pipelines/known.yml": group("known", "events", true),
  "pipelines/joined.yml": trainingSet("joined", "newest"),
  "pipelines/joined_as_known.yml": trainingSet("joined_as_known", "known"),
  "pipelines/by_hand.yml": transform(
    "by_hand",
    `select spine.*, events.amount, events.visits, events.segment
from ref('transform.spine') as spine
asof left join ref('feature_group.newest') as events
  on spine.customer_id = events.customer_id and spine.asked >= events.happened`,
  ),
};

const writeProject = (root: string): void => {
  mkdirSync(join(root, "pipelines"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
};

const nodes = ["transform.by_hand", "transform.joined", "transform.joined_as_known"] as const;

/** CPU seconds of each, in turn. A group is asked once whether its rows repeat: that is in the warming round. */
const measureNodes = async (engine: Engine, rounds: number): Promise<readonly number[]> => {
  const times = nodes.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [at, node] of nodes.entries()) {
      const cpu = await cpuOfNode(engine, node);
      if (round >= 0) times[at]?.push(cpu);
    }
  }
  return times.map(median);
};

/** Both as they are run: planned, checked, written as parquet. */
export const pointInTimeJoins = async (rounds: number): Promise<readonly Figure[]> => {
  const root = mkdtempSync(join(tmpdir(), "headrace-bench-"));
  try {
    writeProject(root);
    await using engine = createEngine({ root });
    const [hand = 0, joined = 0, known = 0] = await measureNodes(engine, rounds * 2);
    const detail = (own: number): string => `${own.toFixed(2)} s against ${hand.toFixed(2)} s CPU`;
    const against = "against an ASOF join by hand";
    return [
      { name: `1 M × 5 M, ${against}`, value: joined / hand, unit: "×", target: 1.2, detail: detail(joined) },
      {
        name: `the same as it was known, ${against}`,
        value: known / hand,
        unit: "×",
        target: null,
        detail: detail(known),
      },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
