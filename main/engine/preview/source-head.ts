// The first rows of what a source reads, as its own connector reads them: same options, same types, same errors.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import type { Column, PipelineNode } from "../../../shared/graph/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import type { Connector, HeadWanted, ReadContext, SourcePlan } from "../connectors/connector.ts";
import type { SourceFile } from "../connectors/files.ts";
import type { ConnectorHosts, SqlHosts } from "../duckdb/sql-host.ts";
import type { Project } from "../project/project.ts";
import { headRows, headSeconds } from "./limits.ts";

/** What is known of a head that was read. */
export interface HeadFacts {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** There are no more rows. */
  readonly isAll: boolean;
}

/** How the first rows of a source are read. */
export interface SourceHead {
  /** What they are the first rows of: a file's name, or a table's. */
  readonly of: string;
  /** JSON that is the same as long as they are. */
  readonly key: unknown;
  read(output: string, signal: AbortSignal): Promise<HeadFacts>;
}

export interface HeadPlace {
  readonly project: Project;
  /** Reads texts, which were cut to their first rows by then. */
  readonly previews: SqlHosts;
  /** Reads everything else. */
  readonly connectors: () => Promise<ConnectorHosts>;
}

const textTypes: ReadonlySet<string> = new Set(["csv", "json", "jsonl"]);
/** Nobody tells of a change in a database: it is looked at again after this many milliseconds. */
const databaseAge = 300_000;

/** The head of a source node; `null` where only a run can tell: a function, or a query that may take any time. */
export const nodeHead = async (node: PipelineNode<"source">, place: HeadPlace): Promise<SourceHead | null> => {
  if (node.body?.language === "python") return null;
  const byType = await connectorsByType();
  const { sourcePlan } = await import("../connectors/source-plan.ts");
  const written = sourcePlan(node, byType, { date: "", start: "", end: "" });
  if (written.query !== null) return null;
  const plan = { ...written, type: await typeOf(written, place.project) };
  const connector = byType[plan.type];
  if (connector === undefined) return null;
  const files = plan.path === null || plan.type === "sqlite" ? null : await filesOf(plan, place.project);
  return {
    of: files === null ? (plan.table ?? "") : basename(files[0]?.name ?? ""),
    key: [plan, files ?? Math.floor(Date.now() / databaseAge)],
    read: (output, signal) => readHead({ plan, connector, config: node.config, arriving: null }, place, output, signal),
  };
};

/** The head of a file that is still coming in, read as a source that pins nothing reads it. */
export const arrivingHead = async (file: SourceFile, place: HeadPlace): Promise<SourceHead> => {
  const { formatOf } = await import("../connectors/describe-file.ts");
  const type = formatOf(file.name);
  if (type === null) throw new ProjectError("source_format_unknown", { params: { file: file.name } });
  const connector = (await connectorsByType())[type];
  if (connector === undefined) throw new TypeError(`no connector for ${type}`);
  const unpinned: SourcePlan = {
    node: file.name,
    type,
    path: file.name,
    table: null,
    query: null,
    connection: null,
    columns: null,
    types: {},
    options: {},
    parameters: {},
    watermark: null,
  };
  const plan = { ...unpinned, options: connector.check(unpinned) };
  return {
    of: file.name,
    // What has come by now is what is shown until all of it was read.
    key: null,
    read: (output, signal) => readHead({ plan, connector, config: {}, arriving: file }, place, output, signal),
  };
};

const connectorsByType = async (): Promise<Readonly<Record<string, Connector>>> =>
  (await import("../connectors/registry.ts")).connectors;

/** `database` takes its type from the connection. */
const typeOf = async (plan: SourcePlan, project: Project): Promise<SourcePlan["type"]> =>
  plan.type === "database" ? (await project.connection(plan.connection)).type : plan.type;

const filesOf = async (plan: SourcePlan, { root }: Project): Promise<readonly SourceFile[]> => {
  const { findFiles } = await import("../connectors/files.ts");
  return findFiles(plan.node, root, plan.path ?? "");
};

interface HeadJob {
  readonly plan: SourcePlan;
  readonly connector: Connector;
  readonly config: Readonly<Record<string, unknown>>;
  readonly arriving: HeadWanted["arriving"];
}

const readHead = async (
  { plan, connector, config, arriving }: HeadJob,
  { project, previews, connectors }: HeadPlace,
  output: string,
  signal: AbortSignal,
): Promise<HeadFacts> => {
  await mkdir(dirname(output), { recursive: true });
  const scratch = await mkdtemp(join(dirname(output), "head-"));
  const context: ReadContext = {
    project,
    config,
    scratch,
    signal,
    connectors: textTypes.has(plan.type) ? previews : await connectors(),
    log: () => undefined,
    runId: "preview",
    head: { rows: headRows, seconds: headSeconds, arriving },
  };
  try {
    const { rows, columns, isAll = false } = await connector.read(plan, output, context);
    return { rows, columns, isAll };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};
