// Every draft's SQL through DuckDB's own parser, in one call; equal texts are read once.

import { locateInText, type SqlBody } from "../../../shared/graph/index.ts";
import type { SqlAnalysis } from "../duckdb/sql-host.ts";
import type { NodeDraft, SqlSource } from "./draft.ts";
import { projectError } from "./problems.ts";
import type { Problem } from "./project.ts";

export type Analyze = (texts: readonly string[]) => Promise<readonly SqlAnalysis[]>;

export interface AnalyzedSql {
  /** `null` when the statement is not one SELECT that can be listed. */
  readonly body: SqlBody | null;
  readonly references: SqlAnalysis["references"];
  readonly problem: Problem | null;
}

/** Bodies and references by node id. */
export const analyzeSql = async (
  statements: readonly { readonly draft: NodeDraft; readonly sql: SqlSource }[],
  analyze: Analyze,
): Promise<ReadonlyMap<NodeDraft, AnalyzedSql>> => {
  const texts = [...new Set(statements.map(({ sql }) => sql.text))];
  const analyses = texts.length === 0 ? [] : await analyze(texts);
  const byText = new Map(texts.map((text, index) => [text, analyses[index]]));
  return new Map(statements.map(({ draft, sql }) => [draft, judge(draft, sql, byText.get(sql.text))]));
};

const judge = (draft: NodeDraft, sql: SqlSource, analysis: SqlAnalysis | undefined): AnalyzedSql => {
  if (analysis === undefined) return { body: null, references: [], problem: null };
  const { error } = analysis;
  if (error !== null) {
    const location = locateInText(sql, error.offset ?? 0);
    const params = { node: draft.id, detail: error.detail, found: error.detail };
    return { body: null, references: [], problem: projectError(error.code, { node: draft.id, location, params }) };
  }
  const { hash, volatile, parameters } = analysis;
  const { text, location, places } = sql;
  const body: SqlBody = { language: "sql", text, location, places, hash, volatile, parameters };
  return { body, references: analysis.references, problem: null };
};
