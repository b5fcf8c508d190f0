import { ProjectError } from "../../../shared/errors/index.ts";
import type { NodeResult, RunEvent } from "../../../shared/run/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { SourceFile } from "../connectors/files.ts";
import type { ConnectorHosts, Relation, SqlHosts } from "../duckdb/sql-host.ts";
import type { Project } from "../project/project.ts";
import type { CachedOutput, OutputCache, RunRecord } from "../state/index.ts";
import type { OutputAt, Outputs } from "./outputs.ts";
import { arrivingHead, type HeadPlace, nodeHead } from "./source-head.ts";

/** What an engine tells of its project. */
export interface EngineView {
  readonly project: () => Promise<Project>;
  readonly present: (project: Project, id: string) => Promise<Relation>;
  /** Relations of the nodes that a SELECT names, by the analysis of its text. */
  readonly referenced: (project: Project, sql: string) => Promise<readonly Relation[]>;
  readonly history: (limit: number) => readonly RunRecord[];
  readonly events: (runId: string) => readonly RunEvent[];
  readonly cache: () => OutputCache;
  readonly hosts: () => SqlHosts;
  readonly connectors: () => Promise<ConnectorHosts>;
  /** Whether files may be followed and databases be asked without a run. */
  readonly mayLook: () => boolean;
  /** The file that a window is bringing in, as far as it has come. Throws `upload_gone`. */
  readonly arriving: (upload: string) => Promise<SourceFile>;
}

const furthestBack = 200;
const isPositional = /^(?:input_\d+|__this__|source)$/i;

/** The tables of a project, as previews look for them. */
export const projectOutputs = (engine: EngineView): Outputs => ({
  present: async (id) => engine.present(await engine.project(), id),
  async head(id) {
    if (!engine.mayLook()) return null;
    const project = await engine.project();
    const node = project.nodes.get(id);
    return node !== undefined && isSource(node) ? await nodeHead(node, placeOf(engine, project)) : null;
  },
  arriving: async (upload) => arrivingHead(await engine.arriving(upload), placeOf(engine, await engine.project())),
  referenced: async (sql) => engine.referenced(await engine.project(), sql),

  async draft(id, sql) {
    const project = await engine.project();
    const node = project.nodes.get(id);
    if (node?.body?.language !== "sql") throw new ProjectError("draft_not_sql", { node: id, params: { node: id } });
    const [analysis] = await engine.hosts().analyze([sql]);
    const named = analysis?.references.map(({ name }) => name) ?? [];
    // In the order of `input_0`, `input_1`, …: a text that is new may name others than the file does.
    const wanted = named.some((name) => isPositional.test(name)) ? node.inputs : [];
    const ids = new Set([...wanted, ...named.filter((name) => project.nodes.has(name))]);
    const values: Readonly<Record<string, unknown>> = {
      ...intervalOfToday(),
      ...project.settings.vars,
      ...("params" in node.config ? node.config.params : {}),
    };
    const params = Object.fromEntries((analysis?.parameters ?? []).map((name) => [name, values[name] ?? null]));
    return { job: { node: id, sql, params }, inputs: [...ids] };
  },

  async lastDifferent(id) {
    const cache = engine.cache();
    let after: OutputAt | null = null;
    for (const { runId, time, result } of resultsOf(engine, id)) {
      const hash = result.metadata.output_hash;
      if (hash === null || hash === after?.output.output.hash) continue;
      const output = await cache.findByHash(hash);
      if (output === null) continue;
      const found = { runId, time, output, relation: relationOf(cache, id, output) };
      if (after !== null) return { before: found, after };
      after = found;
    }
    return null;
  },

  async targetKeys(id) {
    const targets = (await engine.project()).nodes.get(id)?.config.materializations ?? [];
    return targets.find(({ unique_keys }) => unique_keys !== undefined)?.unique_keys ?? [];
  },
});

const isSource = (node: PipelineNode): node is PipelineNode<"source"> => node.kind === "source";

const placeOf = ({ hosts, connectors }: EngineView, project: Project): HeadPlace => ({
  project,
  previews: hosts(),
  connectors,
});

/** As a run of today without an interval of its own would bind them. */
const intervalOfToday = (): Readonly<Record<string, string | null>> => ({
  date: new Date().toISOString().slice(0, 10),
  start: null,
  end: null,
});

const relationOf = (cache: OutputCache, id: string, { output, columns }: CachedOutput): Relation => ({
  id,
  file: cache.absolute(output),
  columns,
});

interface ResultAt {
  readonly runId: string;
  readonly time: string;
  readonly result: NodeResult;
}

const isWhole = ({ status }: NodeResult): boolean =>
  status === "SUCCESS" || status === "WARNING" || status === "CACHED";

/** A node's whole results, newest first. */
function* resultsOf({ history, events }: EngineView, id: string): Generator<ResultAt> {
  for (const { summary, startedAt } of history(furthestBack)) {
    for (const event of events(summary.runId)) {
      if (event.type !== "finished" || event.node !== id || !isWhole(event.result)) continue;
      yield { runId: summary.runId, time: event.result.created_at || startedAt, result: event.result };
    }
  }
}
