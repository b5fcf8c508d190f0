// Fills `{{ name }}` in, in SQL and in every expression of a config, before anything is parsed as SQL.

import { HeadraceError } from "../../../shared/errors/index.ts";
import { foldLeadingCreates } from "../duckdb/sql/fold-leading-creates.ts";
import { stripTrailingSemicolon } from "../duckdb/sql/lexer.ts";
import type { NodeDraft, SqlSource } from "./draft.ts";
import { expandFragments, type Fragments, hasHoles } from "./fragments.ts";
import { projectError } from "./problems.ts";
import type { Problem } from "./project.ts";

/** The drafts with fragments filled in; those that name an unknown one are told about and left out. */
export const expandDrafts = (
  drafts: readonly NodeDraft[],
  fragments: Fragments["byName"],
  onBroken: (draft: NodeDraft, problem: Problem) => void,
): readonly NodeDraft[] =>
  drafts.flatMap((draft) => {
    try {
      return [expandDraft(draft, fragments)];
    } catch (error) {
      if (!(error instanceof HeadraceError)) throw error;
      const location = error.location ?? draft.location;
      onBroken(draft, projectError(error.code, { node: draft.id, location, params: error.params, next: error.next }));
      return [];
    }
  });

const expandDraft = (draft: NodeDraft, fragments: Fragments["byName"]): NodeDraft => {
  const written = draft.sql;
  const filled = written !== null && hasHoles(written.text) ? expandFragments(written, fragments) : written;
  const sql = filled === null ? null : oneStatement(filled, draft.location.file);
  const expand = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      // Descriptions are prose; the SQL itself is expanded with its places.
      if (!hasHoles(value) || key === "description" || value === draft.sql?.text) return value;
      return expandFragments({ text: value, location: draft.location }, fragments).text;
    }
    if (Array.isArray(value)) return value.map((inner: unknown) => expand(inner, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, expand(inner, name)]));
  };
  if (sql === draft.sql && !hasHolesInside(draft.config)) return draft;
  return { ...draft, sql, config: expand(draft.config, "") as NodeDraft["config"] };
};

/** One statement without its semicolon; in Seeknal's folder leading CREATE TEMP statements become CTEs, offsets kept. */
const oneStatement = (sql: SqlSource, file: string): SqlSource => {
  const stripped = stripTrailingSemicolon(sql.text);
  const text = file.startsWith("seeknal/") ? foldLeadingCreates(stripped) : stripped;
  return text === sql.text ? sql : { ...sql, text };
};

const hasHolesInside = (value: unknown): boolean => {
  if (typeof value === "string") return hasHoles(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => hasHolesInside(inner));
};
