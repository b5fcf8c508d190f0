// The same point-in-time join by Feast's DuckDB store and by a training set, on the same files.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { inTurn, measure } from "../measure.ts";
import type { Figure } from "../report.ts";
import { peerPython } from "./environment.ts";
import { askRows, makeTable } from "./make-table.ts";

const [spineRows, featureRows, customers] = [100_000, 500_000, 20_000];

const spineSql = `select (hash(range) % ${customers})::bigint as customer_id,
  timestamptz '2024-01-01 00:00:00+00' + to_seconds((hash(range * 3 + 1) % 31536000)::bigint) as event_timestamp,
  range as id
from range(${spineRows})`;

const featuresSql = `select (hash(range * 7) % ${customers})::bigint as customer_id,
  timestamptz '2023-06-01 00:00:00+00' + to_seconds((hash(range * 5 + 2) % 50000000)::bigint) as happened,
  (hash(range * 13) % 1000)::double as amount, (hash(range * 17) % 1000)::bigint as visits,
  'segment ' || (hash(range * 19) % 1000) as segment
from range(${featureRows})
qualify row_number() over (partition by customer_id, happened) = 1`;

const files: Readonly<Record<string, string>> = {
  "headrace.yml": "name: feast\n",
  "pipelines/spine.yml": "kind: source\nname: spine\nsource: parquet\ntable: data/spine.parquet\n",
  "pipelines/events.yml": "kind: source\nname: events\nsource: parquet\ntable: data/events.parquet\n",
  "pipelines/newest.yml":
    "kind: feature_group\nname: newest\njoin_keys: [customer_id]\nevent_time: happened\nttl: 90d\n" +
    "inputs: [{ref: source.events}]\nfeatures: [amount, visits, segment]\n",
  "pipelines/joined.yml":
    "kind: transform\nname: joined\npoint_in_time:\n  spine: source.spine\n  timestamp: event_timestamp\n" +
    "  features: [feature_group.newest]\n",
};

/** Whole processes, start included, and whether both gave the same rows. */
export const feastJoin = async (
  headrace: readonly string[],
  root: string,
  rounds: number,
): Promise<readonly Figure[]> => {
  const python = peerPython("feast", ["feast[duckdb]==0.67.0"]);
  mkdirSync(join(root, "pipelines"), { recursive: true });
  mkdirSync(join(root, "data"));
  mkdirSync(join(root, "feast"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  const [spine, events] = [join(root, "data", "spine.parquet"), join(root, "data", "events.parquet")];
  await makeTable(spineSql, spine);
  await makeTable(featuresSql, events);
  const theirs = join(root, "feast", "joined.parquet");
  const script = join(import.meta.dirname, "feast_join.py");
  measure([...headrace, "run", "-C", root]);
  const inner: number[] = [];
  const taken = inTurn(rounds, {
    own: () => measure([...headrace, "run", "-C", root, "--nodes", "transform.joined", "--full"]),
    feast: () => {
      const run = measure([python, "-W", "ignore", script, spine, events, theirs]);
      inner.push(Number(run.stdout.trim().split("\n").at(-1)));
      return run;
    },
  });
  const own = join(root, "target", "intermediate", "transform_joined.parquet");
  const columns = "id, amount, visits, segment";
  const [difference] = await askRows(
    `select count(*) from (
       (select ${columns} from '${own}' except all select ${columns} from '${theirs}')
       union all (select ${columns} from '${theirs}' except all select ${columns} from '${own}'))`,
  );
  return [
    {
      name: "Feast 0.67 with DuckDB, against ours: 100,000 × 500,000",
      value: taken.feast.cpu / taken.own.cpu,
      unit: "×",
      target: null,
      detail: `${taken.feast.cpu.toFixed(2)} s against ${taken.own.cpu.toFixed(2)} s CPU, whole processes; rows that differ: ${String(difference?.[0])}`,
    },
    {
      name: "Feast's join alone, its start and reading left out",
      value: Math.min(...inner),
      unit: "s CPU",
      target: null,
      detail: "",
    },
  ];
};
