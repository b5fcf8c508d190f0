// The graph model: what a project's files say, after loading. Plain data, so that it can be cached and sent anywhere.

import type { SourceLocation } from "../errors/index.ts";
import type { KindConfigs, KindName } from "./kinds/index.ts";
import type { TextPlace } from "./sql-position.ts";

/** `kind.name`, unique in a project. */
export type NodeId = string;

/** A column of a relation; `type` is DuckDB's own spelling, e.g. `DECIMAL(18,2)`, `HUGEINT`, `STRUCT(a INTEGER)`. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A node's SQL after fragments are expanded; `null` body parts never occur in a loaded node. */
export interface SqlBody {
  readonly language: "sql";
  /** One SELECT in DuckDB's dialect, as the person wrote it (fragments expanded), without a trailing semicolon. */
  readonly text: string;
  /** Where `text` begins, so that an offset in it becomes a line of a file. */
  readonly location: SourceLocation;
  /** Where parts of `text` stand that do not simply follow `location`; `locateInText` reads both. */
  readonly places?: readonly TextPlace[] | null | undefined;
  /** Hash of the statement's syntax tree: comments and formatting do not change it. */
  readonly hash: string;
  /** Functions that give another value on each run (`now`, `random`, …): such a node is never cached. */
  readonly volatile: readonly string[];
  /** Names bound as `$name`. */
  readonly parameters: readonly string[];
}

export interface PythonBody {
  readonly language: "python";
  /** Relative to the project root. */
  readonly file: string;
  readonly function: string;
  /** Requirement specifiers from the script block and project defaults, sorted, e.g. `pandas>=2`. */
  readonly dependencies: readonly string[];
  readonly requiresPython: string | null;
  /** The file itself and every project module it imports, sorted. */
  readonly sources: readonly string[];
  /** Hash of `sources`' contents. */
  readonly hash: string;
  readonly location: SourceLocation;
  /** The engine's own code: it has an environment of its own, and a project's default packages are not in it. */
  readonly builtIn?: boolean | undefined;
}

export type NodeBody = SqlBody | PythonBody | null;

export interface PipelineNode<K extends KindName = KindName> {
  readonly id: NodeId;
  readonly kind: K;
  readonly name: string;
  /** The kind's schema applied to the file: spellings unified, defaults filled in. */
  readonly config: KindConfigs[K];
  readonly body: NodeBody;
  /** Ids of the nodes this one reads, in `input_0, input_1, …` order; discovered ones follow the declared ones. */
  readonly inputs: readonly NodeId[];
  /**
   * What is read of the inputs, in order, where that is not simply each one's main table:
   * `kind.node` or `kind.node__table`.
   */
  readonly tables?: readonly string[] | undefined;
  readonly location: SourceLocation;
  /** Every file whose text defines this node, relative to the project root. */
  readonly files: readonly string[];
}

/**
 * The tables a node reads, in order. A rule listed beside data only has to be met, unless a body may read its rows:
 * kinds that work on their inputs do not see it.
 */
export const tablesRead = (node: PipelineNode): readonly string[] => {
  const all = node.tables ?? node.inputs;
  if (node.body !== null) return all;
  const data = all.filter((table) => !(table.startsWith("rule.") && node.inputs.includes(table)));
  return data.length > 0 ? data : all;
};

/** Narrows a node of any kind to one kind. */
export const isKind = <K extends KindName>(node: PipelineNode, kind: K): node is PipelineNode<K> & PipelineNode =>
  (node.kind as string) === kind;
