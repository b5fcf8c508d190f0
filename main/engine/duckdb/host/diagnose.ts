import { HeadraceError } from "../../../../shared/errors/index.ts";
import type { SqlFault } from "../sql-host.ts";
import { type Token, tokenize } from "../sql/lexer.ts";
import { parseJson } from "./duckdb-error.ts";

/** What is wrong with a person's SQL, as an editor underlines it; `null` when the failure is not the SQL's. */
export const diagnose = (thrown: unknown, sql: string): SqlFault | null => {
  if (!(thrown instanceof HeadraceError)) return null;
  const offset = offsetOf(sql, thrown.params["line"], thrown.params["column"]);
  const tokens = tokenize(sql);
  switch (thrown.code) {
    case "sql_unknown_table": {
      const name = String(thrown.params["table"]);
      return { ...bare, kind: "table", detail: thrown.message, name, ...tableSpan(tokens, offset) };
    }
    case "sql_parameter_missing": {
      const name = String(thrown.params["parameter"]);
      return { ...bare, kind: "parameter", detail: thrown.message, name, ...spanAt(tokens, offset) };
    }
    case "sql_syntax":
    case "sql_not_select":
    case "sql_unlistable":
      return { ...bare, kind: "syntax", detail: String(thrown.params["detail"] ?? ""), ...spanAt(tokens, offset) };
    case "sql_reaches_outside":
      return { ...bare, kind: "outside", detail: String(thrown.params["detail"] ?? ""), ...spanAt(tokens, offset) };
    case "sql_failed":
      return ofDuckDB(thrown, tokens, offset);
    default:
      return null;
  }
};

const bare = { name: null, qualifier: null, candidates: [], code: null } as const;

/** What DuckDB says beyond its sentence, read from its own report. */
const ofDuckDB = (failure: HeadraceError, tokens: readonly Token[], offset: number | null): SqlFault => {
  const report = reportOf(failure.cause);
  const detail = report.message;
  const { kind, name, qualifier } = meaningOf(report);
  const span = spanOf(tokens, offset, name);
  return { ...bare, kind, detail, name, qualifier, candidates: candidatesOf(report), code: report.subtype, ...span };
};

interface Report {
  readonly type: string;
  readonly message: string;
  readonly subtype: string | null;
  readonly entry: string | null;
  readonly name: string | null;
  readonly candidates: string | null;
}

const reportOf = (cause: unknown): Report => {
  const message = cause instanceof Error ? cause.message : String(cause);
  const start = message.indexOf('{"exception_type"');
  const parsed = start < 0 ? null : parseJson(message.slice(start));
  const of = (key: string): string | null => {
    const value: unknown =
      typeof parsed === "object" && parsed !== null ? (parsed as Readonly<Record<string, unknown>>)[key] : undefined;
    return typeof value === "string" ? value : null;
  };
  return {
    type: of("exception_type") ?? "",
    message: of("exception_message") ?? message,
    subtype: of("error_subtype"),
    entry: of("type"),
    name: of("name"),
    candidates: of("candidates"),
  };
};

type Meaning = Pick<SqlFault, "kind" | "name" | "qualifier">;

/** Sentences that name what is missing where the report has no field for it. */
const sentences: readonly (readonly [RegExp, SqlFault["kind"], "column" | "values"])[] = [
  [/^Values list "(.+)" does not have a column named "(.+)"/, "column", "values"],
  [/^Column "(.+)" in (?:EXCLUDE|REPLACE|RENAME) list not found/, "column", "column"],
  [/^Column "(.+)" does not exist on (?:left|right) side of join/, "column", "column"],
  [/^Ambiguous reference to column name "(.+?)"/, "ambiguous", "column"],
  [/^Referenced table "(.+)" not found/, "alias", "column"],
  [/^column "(.+)" must appear in the GROUP BY/, "ungrouped", "column"],
  [/^Could not find key "(.+)" in struct/, "field", "column"],
  [/^No function matches the given name and argument types '(.+?)\(/, "arguments", "column"],
];

const meaningOf = (report: Report): Meaning => {
  if (report.subtype === "COLUMN_NOT_FOUND") return { kind: "column", name: report.name, qualifier: null };
  if (report.subtype === "MISSING_ENTRY") {
    const kind = report.entry === "Type" ? "type" : report.entry?.includes("Function") ? "function" : "table";
    return { kind, name: report.name, qualifier: null };
  }
  for (const [pattern, kind, shape] of sentences) {
    const match = pattern.exec(report.message);
    if (match === null) continue;
    const [, first = "", second = ""] = match;
    if (shape === "values") return { kind, name: second, qualifier: first };
    return { kind, name: first, qualifier: null };
  }
  return { kind: "other", name: null, qualifier: null };
};

const mostCandidates = 20;

/** What DuckDB would have taken, most alike first: from its list, else from its sentence. */
const candidatesOf = ({ candidates, message, subtype }: Report): readonly string[] => {
  if (candidates !== null && subtype !== null) return distinct(candidates.split(","));
  const use = /\(use: (.+)\)/.exec(message)?.[1];
  const listed = use ?? /Candidate (?:tables|Entries|bindings): (.+)/.exec(message)?.[1] ?? "";
  return distinct([...listed.matchAll(/"((?:[^"]|"")+)"/g)].map(([, name = ""]) => name));
};

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].slice(0, mostCandidates);

interface Span {
  readonly start: number | null;
  readonly end: number | null;
}

const nowhere: Span = { start: null, end: null };

/** The token at an offset; in a dotted name the part that is meant, anywhere the name where DuckDB gave no place. */
const spanOf = (tokens: readonly Token[], offset: number | null, name: string | null): Span => {
  const isNamed = (token: Token): boolean => token.value.toLowerCase() === name?.toLowerCase();
  if (offset === null) {
    const found = tokens.find(isNamed);
    return found === undefined ? nowhere : { start: found.start, end: found.end };
  }
  const first = tokens.findIndex(({ end }) => end > offset);
  for (let at = first; at >= 0 && at < tokens.length; at += 2) {
    const token = tokens[at];
    if (token !== undefined && isNamed(token)) return { start: token.start, end: token.end };
    if (tokens[at + 1]?.text !== ".") break;
  }
  // A cast points at its operand, an operator at its left side: the name that is meant stands soon after.
  const near = tokens.slice(first, first + nearTokens).find(isNamed);
  return near === undefined || first < 0 ? spanAt(tokens, offset) : { start: near.start, end: near.end };
};
const nearTokens = 8;

const spanAt = (tokens: readonly Token[], offset: number | null): Span => {
  if (offset === null) return nowhere;
  const token = tokens.find(({ end }) => end > offset) ?? tokens.at(-1);
  return token === undefined ? nowhere : { start: token.start, end: token.end };
};

/** A table's whole name: `kind.name`, or all of `ref('kind.name')`'s text. */
const tableSpan = (tokens: readonly Token[], offset: number | null): Span => {
  const first = offset === null ? -1 : tokens.findIndex(({ end }) => end > offset);
  const token = tokens[first];
  if (token === undefined) return nowhere;
  const inner = tokens[first + 2];
  const isRef = token.value.toLowerCase() === "ref" && tokens[first + 1]?.text === "(" && inner !== undefined;
  if (isRef) return { start: inner.start, end: inner.end };
  let last = first;
  while (tokens[last + 1]?.text === "." && tokens[last + 2] !== undefined) last += 2;
  return { start: token.start, end: tokens[last]?.end ?? token.end };
};

const offsetOf = (text: string, line: unknown, column: unknown): number | null => {
  if (typeof line !== "number" || typeof column !== "number") return null;
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
};
