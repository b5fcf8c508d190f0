import { join } from "node:path";
import { env } from "node:process";

import { ProjectError, toErrorData } from "../../shared/errors/index.ts";
import type { PipelineNode } from "../../shared/graph/index.ts";
import type { Look, SchemaDesk } from "./describe/schema-desk.ts";
import type { Engine, EngineOptions, PlanOptions } from "./engine.ts";
import type { Executor, Log } from "./executors/executor.ts";
import { executors as builtIn } from "./executors/registry.ts";
import { acquireProjectLock, isInside, makeTarget } from "./files/index.ts";
import { openHosts, type Hosts } from "./open-hosts.ts";
import { lazyApis } from "./exposures/lazy-apis.ts";
import { lazyLineage } from "./lineage/lazy-lineage.ts";
import type { Project } from "./project/project.ts";
import { lazyTables } from "./preview/lazy-tables.ts";
import { nodeNotFound, presentOutput, presentOutputs, referenced } from "./preview/present-outputs.ts";
import { prepareRun, type PreparedRun } from "./run/plan-run.ts";
import { refuseUnconfirmed } from "./run/confirm-replacements.ts";
import { runPlan } from "./run/run-plan.ts";
import type { Session } from "./run/session.ts";
import { checkRunId, cleanTarget, eventsOf, listRuns, loadState, newRunId, openOutputCache } from "./state/index.ts";

/** A graph that came from the manifest has statements that no host has read; together they cost less than one by one. */
const readStatements = async ({ duckdb }: Session, { nodes, decisions }: PreparedRun): Promise<void> => {
  const texts = nodes.flatMap(({ id, body }) => {
    const action = decisions.get(id)?.action;
    return body?.language === "sql" && (action === "run" || action === "check") ? [body.text] : [];
  });
  if (texts.length > manyStatements) await duckdb.analyze(texts);
};
const manyStatements = 20;

/** Opens a project's engine; files are read when first asked for. */
export const createEngine = (options: EngineOptions): Engine => {
  const targetPath = join(options.root, "target");
  const stateDir = targetPath;
  const environment = options.environment ?? env;
  const executors: Readonly<Record<string, Executor>> = {
    ...(builtIn as Record<string, Executor>),
    ...options.executors,
  };
  let log: Log = () => undefined;
  let dataDir: string | null = options.dataDir ?? null;
  const findDataDir = async (): Promise<string> => {
    dataDir ??= (await import("./provision/index.ts")).dataDirectory(environment);
    return dataDir;
  };
  let hosts: Hosts | null = null;
  const openedHosts = async (): Promise<Hosts> => {
    const folder = await findDataDir();
    hosts ??= openHosts(options, { root: options.root, targetPath, dataDir: () => folder, environment }, (...args) =>
      log(...args),
    );
    return hosts;
  };

  const mayAct = (): boolean => options.isTrusted?.() !== false;
  const refuseUntrusted = (): void => {
    if (!mayAct()) throw new ProjectError("project_untrusted", { params: { folder: options.root } });
  };

  /** The tables of a project that is not trusted lie in its folder, or they are not looked at. */
  const refuseLinkedOutputs = (): void => {
    if (!mayAct() && !isInside(options.root, join(targetPath, "cache"))) refuseUntrusted();
  };

  /** The keychain's, where there is one, else that of the person's own file. */
  const findSecret = async (name: string): Promise<string | null> => {
    const kept = (await options.secret?.(name)) ?? null;
    if (kept !== null) return kept;
    return (await import("./secrets/index.ts")).readSecret(await findDataDir(), name);
  };

  let project: Project | null = null;
  let seeded: Promise<void> | null = null;
  const loaded = async (): Promise<Project> => {
    const { loadProject } = await import("./project/index.ts");
    const open = await openedHosts();
    project = await loadProject({
      root: options.root,
      profile: options.profile ?? null,
      environment,
      secret: !mayAct() ? undefined : findSecret,
      dataDir: await findDataDir(),
      analyze: (texts) => open.duckdb.analyze(texts),
      keepsManifest: mayAct() || isInside(options.root, targetPath),
      importPython: !mayAct()
        ? undefined
        : async (body, settings) => {
            // The first load asks before the project, and with it its settings, is there.
            open.usePython(settings);
            const { discoverByImport } = await import("./python/index.ts");
            const signal = new AbortController().signal;
            return discoverByImport({ projectRoot: options.root, body, runner: open.python, environment, signal, log });
          },
      embeddedPostgres: !mayAct()
        ? undefined
        : async () => {
            const { embeddedServer, seedTables } = await import("./postgres/index.ts");
            const server = embeddedServer({ scope: "project", root: options.root, dataDir: await findDataDir(), log });
            const connection = await server.connection();
            // What reads a table that could not be made says so itself.
            seeded ??= seedTables(options.root, connection, { replaces: false }).then(
              () => undefined,
              (error: unknown) => log("warning", toErrorData(error).message),
            );
            await seeded;
            return connection;
          },
      previous: project ?? undefined,
    });
    open.usePython(project.settings.python);
    return project;
  };

  const openSession = async (): Promise<Session> => {
    const current = await loaded();
    const { duckdb, connectors, python } = await openedHosts();
    makeTarget(targetPath);
    return {
      project: current,
      targetPath,
      stateDir,
      state: loadState(stateDir),
      cache: openOutputCache(targetPath),
      executors,
      duckdb,
      connectors,
      python,
    };
  };

  let desk: Promise<SchemaDesk> | null = null;
  const schemaDesk = (): Promise<SchemaDesk> =>
    (desk ??= import("./describe/index.ts").then(({ SchemaDesk: Desk }) => {
      return new Desk({ hosts: async () => (await openedHosts()).schemas, executors });
    }));
  const look = async (signal: AbortSignal): Promise<Look> => ({
    project: await loaded(),
    state: loadState(stateDir),
    signal,
  });

  const findNode = (current: Project, id: string): PipelineNode => {
    const node = current.nodes.get(id);
    if (node === undefined) throw nodeNotFound(current, id);
    return node;
  };

  const tables = lazyTables({
    targetPath,
    project: loaded,
    async present(current, id) {
      refuseLinkedOutputs();
      return presentOutput(current, loadState(stateDir), openOutputCache(targetPath), id);
    },
    async referenced(current, sql) {
      refuseUntrusted();
      const available = await presentOutputs(current, loadState(stateDir), openOutputCache(targetPath));
      return referenced((await openedHosts()).previews, sql, available, current);
    },
    history: (limit) => listRuns(stateDir, limit),
    events: (runId) => eventsOf(stateDir, runId),
    cache: () => openOutputCache(targetPath),
    hosts: async () => (await openedHosts()).previews,
    connectors: async () => (await openedHosts()).connectors,
    mayLook: mayAct,
    async arriving(upload) {
      const file = await options.arriving?.(upload);
      if (file === undefined || file === null) throw new ProjectError("upload_gone");
      return file;
    },
  });

  return {
    project: loaded,
    async plan(planOptions: PlanOptions, signal) {
      refuseUntrusted();
      return (await prepareRun(await openSession(), planOptions, signal)).plan;
    },
    async run(runOptions, signal, on) {
      refuseUntrusted();
      using _lock = await acquireProjectLock(targetPath);
      log = (level, text, stream = "log") =>
        on({ type: "log", node: null, time: new Date().toISOString(), level, stream, text });
      try {
        const id = runOptions.runId === null ? newRunId() : checkRunId(stateDir, runOptions.runId);
        const session = await openSession();
        const prepared = await prepareRun(session, runOptions, signal);
        await refuseUnconfirmed(session, prepared, runOptions, signal);
        await readStatements(session, prepared);
        return await runPlan(session, prepared, { id, options: runOptions, signal, on });
      } finally {
        log = () => undefined;
      }
    },
    async preview(id, range, signal) {
      refuseLinkedOutputs();
      const current = await loaded();
      const relation = await presentOutput(current, loadState(stateDir), openOutputCache(targetPath), id);
      const { previews } = await openedHosts();
      return previews.page({ node: id, sql: "FROM input_0", inputs: [relation], params: {} }, range, signal);
    },
    async query(sql, range, signal) {
      refuseUntrusted();
      const current = await loaded();
      const available = await presentOutputs(current, loadState(stateDir), openOutputCache(targetPath));
      const open = await openedHosts();
      const inputs = await referenced(open.previews, sql, available, current);
      return open.previews.page({ node: "query", sql, inputs, params: {} }, range, signal);
    },
    async schemas(signal) {
      refuseUntrusted();
      return (await schemaDesk()).report(await look(signal));
    },
    apis: lazyApis({
      project: loaded,
      present: (current, id) => presentOutput(current, loadState(stateDir), openOutputCache(targetPath), id),
      hosts: async () => (await openedHosts()).previews,
    }),
    lineage: lazyLineage({
      look,
      schemas: async (looking) => (await (await schemaDesk()).report(looking)).nodes,
      hosts: async () => (await openedHosts()).schemas,
    }),
    async describe(draft, signal) {
      refuseUntrusted();
      return (await schemaDesk()).draft(draft, await look(signal));
    },
    sqlFunctions: async () => (await schemaDesk()).functions(),
    async checkText(file, text) {
      const { checkText } = await import("./project/check-text.ts");
      return checkText(await loaded(), file, text);
    },
    async previewMaterializations(id, signal, unsaved) {
      refuseUntrusted();
      const { previewNodeTargets } = await import("./run/preview-targets.ts");
      const session = await openSession();
      return previewNodeTargets(session, findNode(session.project, id), unsaved ?? null, signal);
    },
    async describeTarget(id, target, signal) {
      refuseUntrusted();
      const { describeNodeTarget } = await import("./run/preview-targets.ts");
      const session = await openSession();
      return describeNodeTarget(session, findNode(session.project, id), target, signal);
    },
    async keyFacts(id, keys, signal) {
      refuseUntrusted();
      const { nodeKeyFacts } = await import("./run/preview-targets.ts");
      const session = await openSession();
      return nodeKeyFacts(session, findNode(session.project, id), keys, signal);
    },
    async targetPage(target, range, signal) {
      refuseUntrusted();
      const { targetPage } = await import("./materializers/index.ts");
      const { connectors } = await openedHosts();
      return targetPage(target, range, { project: await loaded(), connectors, signal });
    },
    async describeFile(file, signal) {
      refuseUntrusted();
      const { describeFile } = await import("./connectors/describe-file.ts");
      return describeFile(
        file,
        { root: options.root, targetPath, connectors: (await openedHosts()).connectors },
        signal,
      );
    },
    tables,
    history: (limit) => Promise.resolve(listRuns(stateDir, limit)),
    async compareRuns(from, to) {
      const { compareRunsOf } = await import("./state/compare-runs.ts");
      return compareRunsOf(stateDir, from, to);
    },
    events: async (runId) => eventsOf(stateDir, runId),
    async compareOutputs(request, signal) {
      const { compareOutputs } = await import("./run/compare-outputs.ts");
      return compareOutputs((await openedHosts()).previews, openOutputCache(targetPath), request, signal);
    },
    hostPids: () =>
      [hosts?.duckdb, hosts?.previews, hosts?.schemas, hosts?.connectors].flatMap((open) => open?.pids() ?? []),
    async clean(cleanOptions) {
      refuseUntrusted();
      using _lock = await acquireProjectLock(targetPath);
      return cleanTarget(targetPath, loadState(stateDir), cleanOptions);
    },
    async [Symbol.asyncDispose]() {
      await hosts?.[Symbol.asyncDispose]();
      tables[Symbol.dispose]();
    },
  };
};
