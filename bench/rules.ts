// Twenty rules on five million rows beside the one query a person would write, both as nodes of one project.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createEngine, type Engine, wholeRun } from "../main/engine/index.ts";
import { median, processCpu } from "./measure.ts";
import type { Figure } from "./report.ts";

const rows = 5_000_000;

const orders = `kind: transform
name: orders
transform: |
  select
    range as order_id,
    (hash(range) % 100000)::integer as customer_id,
    ['new', 'paid', 'sent', 'lost'][(hash(range * 3) % 4)::int + 1] as status,
    (hash(range * 13 + 5) % 100000)::double / 100 as price,
    (hash(range * 17 + 5) % 9)::integer + 1 as quantity,
    (hash(range * 19) % 30)::double / 100 as discount,
    timestamp '2023-07-01' + to_seconds((hash(range * 7 + 1) % 34560000)::bigint) as ordered_at,
    'user' || (hash(range) % 100000) || '@example.org' as email,
    case when range % 10 = 0 then null else 'note ' || (range % 1000) end as note
  from range(${rows})
`;
const customers = "kind: transform\nname: customers\ntransform: select range as id from range(100000)\n";

/** Each check with the condition of a violating row that one would write by hand. */
const rowChecks = (highest: number): readonly (readonly [string, string])[] => [
  ["not_null: order_id", "order_id is null"],
  ["not_null: customer_id", "customer_id is null"],
  ["not_null: ordered_at", "ordered_at is null"],
  ["not_null: [status, price]", "status is null or price is null"],
  [
    "accepted_values: {column: status, values: [new, paid, sent, lost]}",
    "status not in ('new', 'paid', 'sent', 'lost')",
  ],
  [`range: {column: price, min: 0, max: ${highest}}`, `price < 0 or price > ${highest}`],
  ["range: {column: quantity, min: 1, max: 9}", "quantity < 1 or quantity > 9"],
  ["range: {column: discount, min: 0, max: 0.3}", "discount < 0 or discount > 0.3"],
  ["range: {column: ordered_at, min: '2023-07-01'}", "ordered_at < '2023-07-01'"],
  ["length: {column: email, min: 5, max: 60}", "length(email) < 5 or length(email) > 60"],
  ["length: {column: note, max: 20}", "length(note) > 20"],
  ["regex: {column: email, pattern: '^user[0-9]+@'}", "not regexp_matches(email, '^user[0-9]+@')"],
  ["expression: price * quantity >= 0", "not (price * quantity >= 0)"],
  ["{expression: discount < 0.5, where: quantity > 5}", "quantity > 5 and not (discount < 0.5)"],
  ["expression: note is null or note like 'note %'", "not (note is null or note like 'note %')"],
  [
    "relationships: {column: customer_id, to: transform.customers, field: id}",
    "customer_id is not null and id is null",
  ],
];

const otherChecks: readonly (readonly [string, string])[] = [
  ["unique: order_id", "count(order_id) - count(distinct order_id)"],
  [`row_count: {min: ${rows}}`, "count(*)"],
  ["aggregate: {expression: avg(price), min: 400, max: 600}", "avg(price)"],
  ["freshness: {column: ordered_at, error_after: 100000d}", "max(ordered_at)"],
];

const ruleOf = (name: string, highest: number, part: (at: number) => boolean = () => true): string =>
  `kind: rule\nname: ${name}\nseverity: info\ninputs: [transform.orders]\nrules:\n${[
    ...rowChecks(highest),
    ...otherChecks,
  ]
    .filter((_, at) => part(at))
    .map(([check]) => `  - ${check}\n`)
    .join("")}`;

const byHand = `kind: transform
name: by_hand
transform: |
  select
${[...rowChecks(1000).map(([, bad]) => `count(*) filter (where ${bad})`), ...otherChecks.map(([, figure]) => figure)]
  .map((figure, at) => `    ${figure} as f${at}`)
  .join(",\n")}
  from ref('transform.orders') left join ref('transform.customers') on customer_id = id
`;

const files: Readonly<Record<string, string>> = {
  "headrace.yml": "name: rules\n",
  "pipelines/orders.yml": orders,
  "pipelines/customers.yml": customers,
  "pipelines/met.yml": ruleOf("met", 1000),
  "pipelines/violated.yml": ruleOf("violated", 999),
  "pipelines/odd.yml": ruleOf("odd", 1000, (at) => at % 2 === 1),
  "pipelines/even.yml": ruleOf("even", 1000, (at) => at % 2 === 0),
  "pipelines/by_hand.yml": byHand,
};

/** CPU seconds of this process and of the hosts it has started. */
const cpuNow = (): number => {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
  const { user, system } = process.cpuUsage();
  return children.reduce((sum, pid) => sum + (pid === "" ? 0 : processCpu(Number(pid))), (user + system) / 1e6);
};

/** CPU seconds of a run of nodes whose inputs are up to date, one after the other. */
const cpuOf = async (engine: Engine, ...nodes: readonly string[]): Promise<number> => {
  const before = cpuNow();
  const { exitCode } = await engine.run(
    { ...wholeRun, nodes, full: true, materialize: false, interval: { date: "2024-06-30" }, maxWorkers: 1 },
    new AbortController().signal,
    () => undefined,
  );
  if (exitCode !== 0) throw new Error(`${nodes.join(", ")} could not be measured`);
  return cpuNow() - before;
};

/** Both as they are run: planned, checked, their tables written. */
export const ruleScans = async (rounds: number): Promise<readonly Figure[]> => {
  const root = mkdtempSync(join(tmpdir(), "headrace-bench-"));
  try {
    mkdirSync(join(root, "pipelines"));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
    await using engine = createEngine({ root });
    await cpuOf(engine, "transform.by_hand");
    const runs = [["rule.met"], ["rule.violated"], ["rule.odd", "rule.even"], ["transform.by_hand"]];
    const taken = runs.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [at, nodes] of runs.entries()) taken[at]?.push(await cpuOf(engine, ...nodes));
    }
    const [met = 0, violated = 0, two = 0, hand = 1] = taken.map(median);
    const detail = (cpu: number): string => `${cpu.toFixed(2)} s against ${hand.toFixed(2)} s CPU`;
    return [
      {
        name: "20 rules on 5 M rows, all met, against one query",
        value: met / hand,
        unit: "×",
        target: 1.3,
        detail: detail(met),
      },
      {
        name: "the same with failing rows counted and kept",
        value: violated / hand,
        unit: "×",
        target: null,
        detail: detail(violated),
      },
      {
        name: "the same as two nodes of ten rules, against one node of twenty",
        value: two / met,
        unit: "×",
        target: null,
        detail: `${two.toFixed(2)} s against ${met.toFixed(2)} s CPU`,
      },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
