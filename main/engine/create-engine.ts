import { join } from "node:path";

import { ProjectError } from "../../shared/errors/index.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import { lazyApis } from "./exposures/lazy-apis.ts";
import { acquireProjectLock } from "./files/index.ts";
import { lazyLineage } from "./lineage/lazy-lineage.ts";
import { asQuery } from "./preview/as-query.ts";
import { lazyTables } from "./preview/lazy-tables.ts";
import { presentOutput, presentOutputs, referenced } from "./preview/present-outputs.ts";
import { refuseUnconfirmed } from "./run/confirm-replacements.ts";
import { prepareRun, type PreparedRun } from "./run/plan-run.ts";
import { runPlan } from "./run/run-plan.ts";
import type { Session } from "./run/session.ts";
import { checkRunId, cleanTarget, eventsOf, listRuns, newRunId } from "./state/index.ts";
import { openWorkspace, type Workspace } from "./workspace/open-workspace.ts";

/** Opens a project's engine; files are read when first asked for. */
export const createEngine = (options: EngineOptions): Engine => {
  const work = openWorkspace(options);
  const tables = workTables(work);
  return {
    project: work.project,
    ...runCalls(work),
    ...historyCalls(work),
    ...rowCalls(work),
    ...describeCalls(work),
    ...targetCalls(work),
    tables,
    apis: lazyApis({
      project: work.project,
      present: (current, id) => presentOutput(current, work.state(), work.cache(), id),
      hosts: async () => (await work.hosts()).previews,
    }),
    lineage: lazyLineage({
      look: work.look,
      schemas: async (looking) => (await (await work.schemaDesk()).report(looking)).nodes,
      hosts: async () => (await work.hosts()).schemas,
    }),
    hostPids: work.hostPids,
    async [Symbol.asyncDispose]() {
      await work[Symbol.asyncDispose]();
      tables[Symbol.dispose]();
    },
  };
};

const runCalls = (work: Workspace): Pick<Engine, "plan" | "run" | "clean"> => ({
  async plan(options, signal) {
    work.refuseUntrusted();
    return (await prepareRun(await work.session(), options, signal)).plan;
  },
  async run(options, signal, on) {
    work.refuseUntrusted();
    using _lock = await acquireProjectLock(work.targetPath);
    using _log = work.logTo((level, text, stream = "log") =>
      on({ type: "log", node: null, time: new Date().toISOString(), level, stream, text }),
    );
    const id = options.runId === null ? newRunId() : checkRunId(work.stateDir, options.runId);
    const session = await work.session();
    const prepared = await prepareRun(session, options, signal);
    await refuseUnconfirmed(session, prepared, options, signal);
    await readStatements(session, prepared);
    using _state = work.showState(session.state);
    return await runPlan(session, prepared, { id, options, signal, on });
  },
  async clean(options) {
    work.refuseUntrusted();
    using _lock = await acquireProjectLock(work.targetPath);
    return cleanTarget(work.targetPath, work.state(), options);
  },
});

/** A graph that came from the manifest has statements that no host has read; together they cost less than one by one. */
const readStatements = async ({ duckdb }: Session, { nodes, decisions }: PreparedRun): Promise<void> => {
  const texts = nodes.flatMap(({ id, body }) => {
    const action = decisions.get(id)?.action;
    return body?.language === "sql" && (action === "run" || action === "check") ? [body.text] : [];
  });
  if (texts.length > manyStatements) await duckdb.analyze(texts);
};
const manyStatements = 20;

const historyCalls = (work: Workspace): Pick<Engine, "history" | "events" | "compareRuns" | "compareOutputs"> => ({
  history: async (limit) => listRuns(work.stateDir, limit),
  events: async (runId) => eventsOf(work.stateDir, runId),
  async compareRuns(from, to) {
    const { compareRunsOf } = await import("./state/compare-runs.ts");
    return compareRunsOf(work.stateDir, from, to);
  },
  async compareOutputs(request, signal) {
    const { compareOutputs } = await import("./run/compare-outputs.ts");
    return compareOutputs((await work.hosts()).previews, work.cache(), request, signal);
  },
});

/** The tables of a project that is not trusted lie in its folder, or they are not looked at. */
const refuseLinkedOutputs = ({ refuseToFollow, targetPath }: Workspace): void =>
  refuseToFollow(join(targetPath, "cache"));

const rowCalls = (work: Workspace): Pick<Engine, "preview" | "query"> => ({
  async preview(id, range, signal) {
    refuseLinkedOutputs(work);
    const relation = await presentOutput(await work.project(), work.state(), work.cache(), id);
    const { previews } = await work.hosts();
    return previews.page({ node: id, sql: "FROM input_0", inputs: [relation], params: {} }, range, signal);
  },
  async query(sql, range, signal) {
    work.refuseUntrusted();
    const current = await work.project();
    const available = await presentOutputs(current, work.state(), work.cache());
    const { previews } = await work.hosts();
    const inputs = await referenced(previews, sql, available, current);
    try {
      return await previews.page({ node: "query", sql, inputs, params: {} }, range, signal);
    } catch (thrown) {
      throw asQuery(thrown);
    }
  },
});

const workTables = (work: Workspace): ReturnType<typeof lazyTables> =>
  lazyTables({
    targetPath: work.targetPath,
    project: work.project,
    async present(current, id) {
      refuseLinkedOutputs(work);
      return presentOutput(current, work.liveState(), work.cache(), id);
    },
    async referenced(current, sql) {
      work.refuseUntrusted();
      const available = await presentOutputs(current, work.liveState(), work.cache());
      return referenced((await work.hosts()).previews, sql, available, current);
    },
    history: (limit) => listRuns(work.stateDir, limit),
    events: (runId) => eventsOf(work.stateDir, runId),
    cache: work.cache,
    hosts: async () => (await work.hosts()).previews,
    connectors: async () => (await work.hosts()).connectors,
    mayLook: work.mayAct,
    async arriving(upload) {
      const file = await work.options.arriving?.(upload);
      if (file === undefined || file === null) throw new ProjectError("upload_gone");
      return file;
    },
  });

const describeCalls = (
  work: Workspace,
): Pick<Engine, "schemas" | "describe" | "sqlFunctions" | "checkText" | "describeFile"> => ({
  async schemas(signal) {
    work.refuseUntrusted();
    return (await work.schemaDesk()).report(await work.look(signal));
  },
  async describe(draft, signal) {
    work.refuseUntrusted();
    return (await work.schemaDesk()).draft(draft, await work.look(signal));
  },
  sqlFunctions: async () => (await work.schemaDesk()).functions(),
  async checkText(file, text) {
    const { checkText } = await import("./project/check-text.ts");
    return checkText(await work.project(), file, text);
  },
  async describeFile(file, signal) {
    work.refuseUntrusted();
    const { describeFile } = await import("./connectors/describe-file.ts");
    const { connectors } = await work.hosts();
    return describeFile(file, { root: work.options.root, targetPath: work.targetPath, connectors }, signal);
  },
});

const targetCalls = (
  work: Workspace,
): Pick<Engine, "previewMaterializations" | "describeTarget" | "keyFacts" | "targetPage"> => ({
  async previewMaterializations(id, signal, unsaved) {
    work.refuseUntrusted();
    const { previewNodeTargets } = await import("./run/preview-targets.ts");
    const session = await work.session();
    return previewNodeTargets(session, work.node(session.project, id), unsaved ?? null, signal);
  },
  async describeTarget(id, target, signal) {
    work.refuseUntrusted();
    const { describeNodeTarget } = await import("./run/preview-targets.ts");
    const session = await work.session();
    return describeNodeTarget(session, work.node(session.project, id), target, signal);
  },
  async keyFacts(id, keys, signal) {
    work.refuseUntrusted();
    const { nodeKeyFacts } = await import("./run/preview-targets.ts");
    const session = await work.session();
    return nodeKeyFacts(session, work.node(session.project, id), keys, signal);
  },
  async targetPage(target, range, signal) {
    work.refuseUntrusted();
    const { targetPage } = await import("./materializers/index.ts");
    const { connectors } = await work.hosts();
    return targetPage(target, range, { project: await work.project(), connectors, signal });
  },
});
