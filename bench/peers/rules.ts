// The same sixteen checks of five million rows by Great Expectations, by Soda and by a rule node.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { inTurn, type Measured, measure } from "../measure.ts";
import type { Figure } from "../report.ts";
import { peerPython } from "./environment.ts";
import { makeTable } from "./make-table.ts";

const rows = 5_000_000;

const ordersSql = `select
  range as order_id,
  (hash(range) % 100000)::integer as customer_id,
  ['new', 'paid', 'sent', 'lost'][(hash(range * 3) % 4)::int + 1] as status,
  (hash(range * 13 + 5) % 100000)::double / 100 as price,
  (hash(range * 17 + 5) % 9)::integer + 1 as quantity,
  (hash(range * 19) % 30)::double / 100 as discount,
  timestamp '2023-07-01' + to_seconds((hash(range * 7 + 1) % 34560000)::bigint) as ordered_at,
  'user' || (hash(range) % 100000) || '@example.org' as email,
  case when range % 10 = 0 then null else 'note ' || (range % 1000) end as note
from range(${rows})`;

/** What `gx_rules.py` and `soda_rules.py` say in their own words. */
const checks = [
  ...["order_id", "customer_id", "ordered_at", "status", "price"].map((column) => `not_null: ${column}`),
  "accepted_values: {column: status, values: [new, paid, sent, lost]}",
  "range: {column: price, min: 0, max: 1000}",
  "range: {column: quantity, min: 1, max: 9}",
  "range: {column: discount, min: 0, max: 0.3}",
  "length: {column: email, min: 5, max: 60}",
  "length: {column: note, max: 20}",
  "regex: {column: email, pattern: '^user[0-9]+@'}",
  "unique: order_id",
  `row_count: {min: ${rows}}`,
  "aggregate: {expression: avg(price), min: 400, max: 600}",
  "aggregate: {expression: max(quantity), min: 9, max: 9}",
];

const files: Readonly<Record<string, string>> = {
  "headrace.yml": "name: rules\n",
  "pipelines/orders.yml": "kind: source\nname: orders\nsource: parquet\ntable: data/orders.parquet\n",
  "pipelines/checked.yml":
    "kind: rule\nname: checked\ninputs: [source.orders]\nrules:\n" + checks.map((check) => `  - ${check}\n`).join(""),
};

const allMet = (run: Measured, who: string): Measured => {
  if (Number(run.stdout.trim().split("\n").at(-1)) === checks.length) return run;
  throw new Error(`${who} does not find every check met: ${run.stdout}`);
};

/** Whole processes, start and reading included. */
export const ruleTools = async (
  headrace: readonly string[],
  root: string,
  rounds: number,
): Promise<readonly Figure[]> => {
  const expectations = peerPython("great-expectations", ["great_expectations==1.24.1", "pyarrow==26.0.1"]);
  const soda = peerPython("soda", ["soda-core-duckdb==3.5.6", "setuptools==65.5.0"]);
  mkdirSync(join(root, "pipelines"), { recursive: true });
  mkdirSync(join(root, "data"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  const orders = join(root, "data", "orders.parquet");
  await makeTable(ordersSql, orders);
  measure([...headrace, "run", "-C", root]);
  const script = (name: string): string => join(import.meta.dirname, name);
  const taken = inTurn(rounds, {
    own: () => measure([...headrace, "run", "-C", root]),
    expectations: () => allMet(measure([expectations, script("gx_rules.py"), orders]), "Great Expectations"),
    soda: () => allMet(measure([soda, script("soda_rules.py"), orders]), "Soda"),
  });
  const against = (cpu: number): string =>
    `${cpu.toFixed(2)} s against ${taken.own.cpu.toFixed(2)} s CPU, whole processes`;
  return [
    ["Great Expectations 1.24 with pandas", taken.expectations.cpu] as const,
    ["Soda Core 3.5 with DuckDB", taken.soda.cpu] as const,
  ].map(([name, cpu]) => ({
    name: `${name}, against ours: 16 checks of 5 M rows`,
    value: cpu / taken.own.cpu,
    unit: "×" as const,
    target: null,
    detail: against(cpu),
  }));
};
