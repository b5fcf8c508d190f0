import type { Engine, EngineOptions, PlanOptions, RunOptions } from "../main/engine/engine.ts";
import { wholeRun } from "../main/engine/run-options.ts";
import type { NodeResult, NodeStatus, Plan, RunEvent, RunSummary } from "../shared/run/index.ts";
import { testDataDir } from "./test-data-dir.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

/** What a run did, in the shapes that assertions want. */
export interface TestRun {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** Results by node id. */
  readonly results: Readonly<Record<string, NodeResult>>;
  readonly statuses: Readonly<Record<string, NodeStatus>>;
}

/** A project in a folder of its own with a real engine on it; everything goes when the test ends. */
export interface TemporaryProject extends TemporaryFolder {
  /** The project's engine, made at the first call and kept until `restart` or the end. */
  engine(): Promise<Engine>;
  /** Closes the engine, so that the next call sees the project as another process would. */
  restart(): Promise<void>;
  plan(options?: Partial<PlanOptions>): Promise<Plan>;
  run(options?: Partial<RunOptions>, on?: (event: RunEvent) => void): Promise<TestRun>;
  /** The first rows of a node's output, each an object of exact text. */
  rows(node: string, limit?: number): Promise<readonly Readonly<Record<string, string | null>>[]>;
}

export { testDataDir } from "./test-data-dir.ts";

/** A run of everything on a fixed date, with two workers. */
export const runDefaults: RunOptions = { ...wholeRun, interval: { date: "2024-06-30" }, maxWorkers: 2 };

/**
 * Writes the files (with a `headrace.yml` when none is given) and offers a real engine on them:
 * `await using project = await temporaryProject({ "pipelines/orders.yml": "…" })`.
 */
export async function temporaryProject(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<EngineOptions> & { readonly signal?: AbortSignal } = {},
): Promise<TemporaryProject> {
  const { signal = new AbortController().signal, ...engineOptions } = options;
  const folder = await temporaryFolder({ "headrace.yml": "name: test\n", ...files });
  let current: Promise<Engine> | null = null;
  const engine = (): Promise<Engine> => (current ??= openEngine({ root: folder.root, ...engineOptions }));

  const restart = async (): Promise<void> => {
    const closing = current;
    current = null;
    if (closing !== null) await (await closing)[Symbol.asyncDispose]();
  };

  return {
    ...folder,
    engine,
    restart,
    plan: async (overrides = {}) => (await engine()).plan({ ...runDefaults, ...overrides }, signal),
    async run(overrides = {}, on) {
      const events: RunEvent[] = [];
      const summary = await (
        await engine()
      ).run({ ...runDefaults, ...overrides }, signal, (event) => {
        events.push(event);
        on?.(event);
      });
      return { summary, events, ...byNode(events) };
    },
    async rows(node, limit = 100) {
      const page = await (await engine()).preview(node, { offset: 0, limit }, signal);
      return page.rows.map((row) => Object.fromEntries(page.columns.map(({ name }, at) => [name, row[at] ?? null])));
    },
    async [Symbol.asyncDispose]() {
      await using _folder = folder;
      await restart();
    },
  };
}

async function openEngine(options: EngineOptions): Promise<Engine> {
  const { createEngine } = await import("../main/engine/index.ts");
  return createEngine({ dataDir: testDataDir, ...options });
}

function byNode(events: readonly RunEvent[]): Pick<TestRun, "results" | "statuses"> {
  const finished = events.filter((event) => event.type === "finished");
  return {
    results: Object.fromEntries(finished.map(({ node, result }) => [node, result])),
    statuses: Object.fromEntries(finished.map(({ node, result }) => [node, result.status])),
  };
}
