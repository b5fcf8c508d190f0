import { join } from "node:path";
import { env } from "node:process";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Look, SchemaDesk } from "../describe/schema-desk.ts";
import type { EngineOptions } from "../engine.ts";
import type { Executor, Log } from "../executors/executor.ts";
import { executors as builtIn } from "../executors/registry.ts";
import { makeTarget } from "../files/index.ts";
import { type Hosts, openHosts } from "../open-hosts.ts";
import { nodeNotFound } from "../preview/present-outputs.ts";
import type { Project } from "../project/project.ts";
import type { Session } from "../run/session.ts";
import { loadState, openOutputCache, type OutputCache, type RunState } from "../state/index.ts";
import { projectLoader } from "./load.ts";
import { trustGuard, type TrustGuard } from "./trust-guard.ts";

/** A project's folder and what the engine has open for it: made when first used, closed with the engine. */
export interface Workspace extends TrustGuard, AsyncDisposable {
  readonly options: EngineOptions;
  readonly targetPath: string;
  readonly stateDir: string;
  /** The project as its files are now. */
  readonly project: () => Promise<Project>;
  /** A node of it. Throws `node_not_found`. */
  readonly node: (project: Project, id: string) => PipelineNode;
  readonly state: () => RunState;
  /** As `state`, with the results that the run under way has: the disk holds them for good a moment later. */
  readonly liveState: () => RunState;
  /** Makes a run's state the live one until the answer is disposed. */
  readonly showState: (state: RunState) => Disposable;
  readonly cache: () => OutputCache;
  readonly hosts: () => Promise<Hosts>;
  readonly hostPids: () => readonly number[];
  /** All that a run needs. */
  readonly session: () => Promise<Session>;
  readonly schemaDesk: () => Promise<SchemaDesk>;
  readonly look: (signal: AbortSignal) => Promise<Look>;
  /** Where lines go that no node writes, until the answer is disposed; nowhere otherwise. */
  readonly logTo: (log: Log) => Disposable;
}

/** Prepares the work on a project; nothing is read or started yet. */
export const openWorkspace = (options: EngineOptions): Workspace => {
  const targetPath = join(options.root, "target");
  const stateDir = targetPath;
  const environment = options.environment ?? env;
  const guard = trustGuard(options);
  const executors: Readonly<Record<string, Executor>> = {
    ...(builtIn as Record<string, Executor>),
    ...options.executors,
  };
  let listener: Log | null = null;
  const log: Log = (...args) => listener?.(...args);

  let folder: string | null = options.dataDir ?? null;
  const dataDir = async (): Promise<string> =>
    (folder ??= (await import("../provision/index.ts")).dataDirectory(environment));

  let open: Hosts | null = null;
  const hosts = async (): Promise<Hosts> => {
    const found = await dataDir();
    return (open ??= openHosts(options, { root: options.root, targetPath, dataDir: () => found, environment }, log));
  };

  const project = projectLoader({ options, environment, targetPath, guard, dataDir, hosts, log });
  const state = (): RunState => loadState(stateDir);
  let live: RunState | null = null;
  const cache = (): OutputCache => openOutputCache(targetPath);

  let desk: Promise<SchemaDesk> | null = null;
  const schemaDesk = (): Promise<SchemaDesk> =>
    (desk ??= import("../describe/index.ts").then(
      ({ SchemaDesk: Desk }) => new Desk({ hosts: async () => (await hosts()).schemas, executors }),
    ));

  return {
    ...guard,
    options,
    targetPath,
    stateDir,
    project,
    node(current, id) {
      const node = current.nodes.get(id);
      if (node === undefined) throw nodeNotFound(current, id);
      return node;
    },
    state,
    liveState: () => live ?? state(),
    showState(shown) {
      live = shown;
      return {
        [Symbol.dispose]: () => {
          live = null;
        },
      };
    },
    cache,
    hosts,
    hostPids: () =>
      [open?.duckdb, open?.previews, open?.schemas, open?.connectors].flatMap((running) => running?.pids() ?? []),
    async session() {
      const current = await project();
      const { duckdb, connectors, python } = await hosts();
      makeTarget(targetPath);
      const rooms = { state: state(), cache: cache() };
      return { project: current, targetPath, stateDir, ...rooms, executors, duckdb, connectors, python };
    },
    schemaDesk,
    look: async (signal) => ({ project: await project(), state: state(), signal }),
    logTo(to) {
      listener = to;
      return {
        [Symbol.dispose]: () => {
          listener = null;
        },
      };
    },
    [Symbol.asyncDispose]: async () => open?.[Symbol.asyncDispose](),
  };
};
