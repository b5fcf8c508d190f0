import { describe, expect, it } from "vitest";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { CachedOutput, FingerprintParts, NodeRecord } from "../state/index.ts";
import { decideNode, type DecisionInput } from "./decide.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Observation } from "./observe.ts";

const now = Date.parse("2026-01-31T12:00:00Z");

const node = (config: Partial<PipelineNode["config"]> = {}, volatile: readonly string[] = []): PipelineNode =>
  ({
    id: "transform.orders",
    kind: "transform",
    name: "orders",
    config: { enabled: true, params: {}, materializations: [], ...config },
    body: {
      language: "sql",
      text: "",
      location: { file: "a.yml", line: 1, column: 1 },
      hash: "h",
      volatile,
      parameters: [],
    },
    inputs: ["source.a", "source.b"],
    location: { file: "a.yml", line: 1, column: 1 },
    files: ["a.yml"],
  }) as unknown as PipelineNode;

const definition = {
  code: "code",
  config: "config",
  params: "params",
  environment: null,
  engine: "duckdb",
  inputs: ["source.a", "source.b"],
  interval: null,
};
const observation = (changes: Partial<Observation> = {}): Observation => ({
  executorPlan: null,
  definition,
  definitionHash: "d",
  external: {},
  isUnasked: false,
  everyRun: null,
  packages: null,
  error: null,
  ...changes,
});

const upstream = ["hash of a", "hash of b"];
const parts = (changes: Partial<FingerprintParts> = {}): FingerprintParts => ({
  ...definition,
  upstream,
  external: {},
  ...changes,
});

const record = (ran: FingerprintParts, changes: Partial<NodeRecord> = {}): NodeRecord => {
  const fingerprint = fingerprintOf(ran);
  const metadata = {
    engine: "duckdb",
    version: "1",
    view_name: null,
    warnings: [],
    metrics: { memory_mb: null, cpu_seconds: null, cpu_percent: null },
    columns: [],
    output_hash: "out",
    env_hash: null,
    artifact_hash: null,
    targets: [],
  } as const;
  return {
    hash: "d",
    fingerprint,
    last_run: "2026-01-31T11:00:00Z",
    run_id: "r",
    status: "SUCCESS",
    row_count: 3,
    duration_ms: 10,
    metadata,
    parts: ran,
    output: { file: `cache/${fingerprint}.parquet`, hash: "out", stamp: "s", bytes: 1 },
    targets: {},
    ...changes,
  };
};

const input = (changes: Partial<DecisionInput> = {}): DecisionInput => ({
  node: node(),
  observation: observation(),
  record: record(parts()),
  upstream,
  pending: [],
  forced: false,
  targets: [],
  now,
  packagesBefore: undefined,
  find: () => Promise.resolve(null),
  verify: (output) => Promise.resolve(output),
  ...changes,
});

const decided = async (changes: Partial<DecisionInput>): Promise<readonly [string, readonly string[]]> => {
  const { action, reasons } = await decideNode(input(changes));
  return [action, reasons.map((entry) => entry.text)];
};

const changed = (change: Partial<typeof definition>) => ({
  observation: observation({ definition: { ...definition, ...change } }),
});

describe("with all inputs known", () => {
  it.each<[string, Partial<DecisionInput>, string, readonly string[]]>([
    ["nothing changed", {}, "cached", ["up to date"]],
    ["it never ran", { record: undefined }, "run", ["never ran"]],
    [
      "it is pinned, although its SQL, its inputs and --full ask for a run",
      {
        ...changed({ code: "other" }),
        node: node({ pinned: true }),
        upstream: null,
        pending: ["source.a"],
        forced: true,
      },
      "cached",
      ["pinned: keeps its output of 2026-01-31 11:00"],
    ],
    ["it is pinned and has no output", { node: node({ pinned: true }), record: undefined }, "run", ["never ran"]],
    [
      "it is pinned and its output is gone",
      { node: node({ pinned: true }), verify: () => Promise.resolve(null) },
      "run",
      ["its output is gone or was changed"],
    ],
    ["the SQL changed", changed({ code: "other" }), "run", ["SQL changed"]],
    ["a setting changed", changed({ config: "other" }), "run", ["settings changed"]],
    ["a parameter changed", changed({ params: "other" }), "run", ["parameters changed"]],
    ["an input's output changed", { upstream: ["hash of a", "other"] }, "run", ["source.b changed"]],
    [
      "its inputs were swapped, whatever they hold",
      {
        ...changed({ inputs: ["source.b", "source.a"] }),
        upstream: ["same", "same"],
        record: record(parts({ upstream: ["same", "same"] })),
      },
      "run",
      ["inputs reordered"],
    ],
    [
      "a file changed",
      {
        observation: observation({ external: { "orders.csv": "2" } }),
        record: record(parts({ external: { "orders.csv": "1" } })),
      },
      "run",
      ["orders.csv changed"],
    ],
    [
      "its source leaves no trace",
      { observation: observation({ external: null }) },
      "run",
      ["its source can change without a trace"],
    ],
    [
      "its kind runs every time",
      { observation: observation({ external: null, everyRun: "a rule checks on every run" }) },
      "run",
      ["a rule checks on every run"],
    ],
    ["it uses now()", { node: node({}, ["now"]) }, "run", ["uses now"]],
    ["--full was given", { forced: true }, "run", ["--full"]],
    [
      "it failed last time",
      { record: record(parts(), { status: "FAILED", output: null }) },
      "run",
      ["failed last time"],
    ],
    ["its file is gone", { verify: () => Promise.resolve(null) }, "run", ["its output is gone or was changed"]],
    ["it is disabled", { node: node({ enabled: false }) }, "skip", ["disabled"]],
  ])("%s", async (_name, changes, action, texts) => {
    expect(await decided(changes)).toEqual([action, texts]);
  });

  it("names the package that changed", async () => {
    const before = record(parts({ environment: "e1" }));
    const after = observation({
      definition: { ...definition, environment: "e2" },
      packages: { pandas: "2.3", numpy: "2.0" },
    });
    const texts = await decided({
      record: before,
      observation: after,
      packagesBefore: { pandas: "2.2", numpy: "2.0" },
    });
    expect(texts).toEqual(["run", ["environment changed: pandas 2.2 → 2.3"]]);
  });

  it("finds the output of an undone edit", async () => {
    const found: CachedOutput = {
      fingerprint: fingerprintOf(parts()),
      output: { file: "cache/x.parquet", hash: "out", stamp: "s", bytes: 1 },
      rows: 3,
      columns: [],
      seconds: 1,
      envHash: null,
      artifactHash: null,
    };
    const find = (fingerprint: string) => Promise.resolve(fingerprint === found.fingerprint ? found : null);
    expect(await decided({ record: record(parts({ code: "the edit" })), find })).toEqual([
      "cached",
      ["an earlier output fits"],
    ]);
  });
});

describe("cache.ttl", () => {
  const ttl = (seconds: number) => ({ cache: { store: true as const, ttl: seconds, watermark: undefined } });
  it.each<[string, Partial<DecisionInput>, string]>([
    ["vouches for SQL that uses now()", { node: node(ttl(7200), ["now"]) }, "cached"],
    ["none keeps nothing", { node: node({ cache: { store: false, ttl: undefined, watermark: undefined } }) }, "run"],
    ["ends", { node: node(ttl(1800)) }, "run"],
  ])("%s", async (_name, changes, action) => {
    expect((await decided(changes))[0]).toBe(action);
  });
});

describe("targets of a node whose table is up to date", () => {
  const target = { name: "postgresql:w:a.b", optionsHash: "o" };
  const written = { status: "SUCCESS", outputHash: "out", optionsHash: "o", time: "" } as const;
  it.each([
    ["were written", written, "cached", ["up to date"]],
    ["were never written", undefined, "materialize", ["postgresql:w:a.b was never written"]],
    ["failed", { ...written, status: "FAILED" as const }, "materialize", ["postgresql:w:a.b failed last time"]],
    [
      "changed their settings",
      { ...written, optionsHash: "p" },
      "materialize",
      ["settings of postgresql:w:a.b changed"],
    ],
    ["hold other data", { ...written, outputHash: "old" }, "materialize", ["postgresql:w:a.b has other data"]],
  ])("%s", async (_name, last, action, texts) => {
    const targets = last === undefined ? {} : { [target.name]: last };
    const status = last?.status === "FAILED" ? "FAILED" : "SUCCESS";
    expect(await decided({ targets: [target], record: record(parts(), { targets, status }) })).toEqual([action, texts]);
  });
});

describe("while an input is not known yet", () => {
  it("waits when nothing of its own changed", async () => {
    expect(await decided({ upstream: null, pending: ["source.b"] })).toEqual(["check", ["source.b runs first"]]);
  });
  it("says its own change when it has one", async () => {
    expect(await decided({ upstream: null, pending: ["source.b"], ...changed({ code: "other" }) })).toEqual([
      "run",
      ["SQL changed"],
    ]);
  });
});
