import type { NodeId, PipelineNode } from "../../../shared/graph/index.ts";
import type { NodeResult } from "../../../shared/run/index.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { Journal, RunState } from "../state/index.ts";
import type { Emit } from "./node-context.ts";
import { emptyMetadata, nodeResult } from "./results.ts";
import type { NodeEnd } from "./run-node.ts";

/** What later nodes need to know of a node that is done. */
export interface Done {
  readonly status: NodeResult["status"];
  readonly relation: Relation | null;
  readonly outputHash: string | null;
}

/** Stands for the output of a node without a table in the fingerprints of what reads it. */
const noTable = "none";

const hasResult = (done: Done | undefined): boolean =>
  done !== undefined && done.status !== "FAILED" && done.status !== "SKIPPED" && done.status !== "CANCELLED";

/** A run's nodes as they end: results, state and journal move together. */
export class RunProgress {
  readonly results: NodeResult[] = [];
  /** Seconds that cached nodes took when they last ran. */
  savedSeconds = 0;
  failures = 0;
  readonly #done = new Map<NodeId, Done>();
  readonly #state: RunState;
  readonly #journal: Journal;
  readonly #emit: Emit;

  constructor(state: RunState, journal: Journal, emit: Emit) {
    this.#state = state;
    this.#journal = journal;
    this.#emit = emit;
  }

  /** Makes the output of a node outside the run known to the nodes inside it. */
  provide(id: NodeId, relation: Relation, outputHash: string): void {
    this.#done.set(id, { status: "CACHED", relation, outputHash });
  }

  /** Takes a node's end into results, state and journal. */
  finish(node: PipelineNode, end: NodeEnd): void {
    const { result, record } = end;
    this.#done.set(node.id, { status: result.status, relation: end.relation, outputHash: end.outputHash });
    this.results.push(result);
    if (result.status === "FAILED") this.failures += 1;
    if (record !== null) this.#state.nodes[node.id] = record;
    const event = { type: "finished", node: node.id, time: new Date().toISOString(), result } as const;
    // A node that was up to date is in the plan already.
    if (record !== null || result.status !== "CACHED") this.#journal.append(event, record ?? undefined);
    this.#emit(event);
  }

  skip(node: PipelineNode, why: string): void {
    const metadata = { ...emptyMetadata(node), skipped_because: why };
    const result = nodeResult(node, { status: "SKIPPED", metadata });
    this.finish(node, { result, record: null, relation: null, outputHash: null });
  }

  /** The first input that ended without a result, or `null`. */
  brokenInput(node: PipelineNode): NodeId | null {
    return node.inputs.find((id) => !hasResult(this.#done.get(id))) ?? null;
  }

  relations(node: PipelineNode): readonly Relation[] {
    return node.inputs.flatMap((id) => this.#done.get(id)?.relation ?? []);
  }

  outputHashes(node: PipelineNode): readonly string[] {
    return node.inputs.map((id) => this.#done.get(id)?.outputHash ?? noTable);
  }
}
