import { ExecutorExecutionError, type HeadraceError } from "../../../shared/errors/index.ts";
import { isKind, tablesRead, type NodeId, type PipelineNode } from "../../../shared/graph/index.ts";
import type { NodeResult } from "../../../shared/run/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { DurableEnds } from "./durable-ends.ts";
import type { Emit } from "./node-context.ts";
import { emptyMetadata, nodeResult } from "./results.ts";
import type { NodeEnd } from "./run-node.ts";
import type { Session } from "./session.ts";

/** What later nodes need to know of a node that is done. */
export interface Done {
  readonly status: NodeResult["status"];
  readonly relation: Relation | null;
  /** Further tables, by `kind.node__table`. */
  readonly extra: readonly Relation[];
  readonly outputHash: string | null;
}

/** Stands for the output of a node without a table in the fingerprints of what reads it. */
const noTable = "none";

const hasResult = (done: Done | undefined): boolean =>
  done !== undefined && done.status !== "FAILED" && done.status !== "SKIPPED" && done.status !== "CANCELLED";

/** A rule with `on_error: continue | quarantine` fails without stopping nodes that do not read it. */
const goesOn = (node: PipelineNode): boolean =>
  isKind(node, "rule") && (node.config.on_error === "continue" || node.config.on_error === "quarantine");

/** A run's nodes as they end: results, state and journal move together. */
export class RunProgress {
  readonly results: NodeResult[] = [];
  /** Seconds that cached nodes took when they last ran. */
  savedSeconds = 0;
  failures = 0;
  readonly #done = new Map<NodeId, Done>();
  readonly #session: Session;
  readonly #ends: DurableEnds;
  readonly #emit: Emit;

  constructor(session: Session, ends: DurableEnds, emit: Emit) {
    this.#session = session;
    this.#ends = ends;
    this.#emit = emit;
  }

  /** Makes the output of a node outside the run known to the nodes inside it. */
  provide(id: NodeId, relation: Relation, extra: readonly Relation[], outputHash: string): void {
    this.#done.set(id, { status: "CACHED", relation, extra, outputHash });
  }

  /** Takes a node's end into results, state and journal. */
  finish(node: PipelineNode, end: NodeEnd): void {
    const { result, record } = end;
    const { relation, extra, outputHash } = end;
    this.#done.set(node.id, { status: result.status, relation, extra, outputHash });
    this.results.push(result);
    if (result.status === "FAILED" && !goesOn(node)) this.failures += 1;
    if (record !== null) this.#session.state.nodes[node.id] = record;
    const event = { type: "finished", node: node.id, time: new Date().toISOString(), result } as const;
    // A node that was up to date is in the plan already.
    if (record !== null || result.status !== "CACHED") {
      const file = record?.output && result.status !== "CACHED" ? this.#session.cache.absolute(record.output) : null;
      this.#ends.add({ event, record: record ?? undefined, file });
    }
    this.#emit(event);
  }

  skip(node: PipelineNode, why: string): void {
    const metadata = { ...emptyMetadata(node), skipped_because: why };
    const result = nodeResult(node, { status: "SKIPPED", metadata });
    this.finish(node, { result, record: null, relation: null, extra: [], outputHash: null });
  }

  /** The first input that ended without a result, or `null`. */
  brokenInput(node: PipelineNode): NodeId | null {
    return node.inputs.find((id) => !hasResult(this.#done.get(id))) ?? null;
  }

  /** The first rule that failed and blocks, or `null`. */
  closedGate(rules: readonly NodeId[]): NodeId | null {
    return rules.find((id) => this.#done.get(id)?.status === "FAILED") ?? null;
  }

  relations(node: PipelineNode): readonly Relation[] {
    const available = node.inputs.flatMap((id) => {
      const done = this.#done.get(id);
      return [...(done?.relation ? [done.relation] : []), ...(done?.extra ?? [])];
    });
    return tablesRead(node).flatMap((table) => available.find(({ id }) => id === table) ?? []);
  }

  /** The error of a node that reads a further table which its input did not make, or `null`. */
  missingTable(node: PipelineNode): HeadraceError | null {
    if (node.tables === undefined) return null;
    const found = new Set(this.relations(node).map(({ id }) => id));
    const table = tablesRead(node).find((name) => !found.has(name));
    const owner = node.inputs.find((id) => table === id || table?.startsWith(`${id}__`));
    if (table === undefined || owner === undefined) return null;
    const done = this.#done.get(owner);
    const known = [...(done?.relation ? [done.relation] : []), ...(done?.extra ?? [])].map(({ id }) => id);
    const params = { node: node.id, table, owner, known };
    return new ExecutorExecutionError("extra_table_missing", { node: node.id, location: node.location, params });
  }

  outputHashes(node: PipelineNode): readonly string[] {
    return node.inputs.map((id) => this.#done.get(id)?.outputHash ?? noTable);
  }
}
