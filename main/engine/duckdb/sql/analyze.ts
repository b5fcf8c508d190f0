import { createHash } from "node:crypto";

import type { SqlAnalysis } from "../sql-host.ts";
import { tokenize } from "./lexer.ts";
import { statementKeyword } from "./statement-keyword.ts";
import { characterOffsets, offsetOfCodePoint, parseSerialized, type Serialized, type TreeNode } from "./syntax-tree.ts";
import { type Finding, type StatementFindings, type TableReference, walkStatement } from "./walk-statement.ts";

/** An analysis with what a host must know besides. */
export interface Analysis extends SqlAnalysis, StatementFindings {
  readonly references: StatementFindings["references"];
}

const nothingFound: StatementFindings & Pick<SqlAnalysis, "hash" | "columnNames"> = {
  references: [],
  hash: "",
  volatile: [],
  parameters: [],
  columnNames: null,
  unlistable: [],
  refused: [],
  shows: false,
  generates: false,
  wholeTable: false,
};

type Code = NonNullable<SqlAnalysis["error"]>["code"];
const failed = (code: Code, detail: string, offset: number | null): Analysis => ({
  ...nothingFound,
  error: { code, detail, offset },
});

/** What a text refers to; `json` is what `json_serialize_sql` says of it. */
export const analyzeStatement = (sql: string, json: string): Analysis => {
  const tree = parseSerialized(json);
  const offsetOf = characterOffsets(sql);
  if (tree.error) return notSerialized(sql, tree);
  const [statement, second] = tree.statements;
  if (statement === undefined) return failed("sql_not_select", "nothing but white space or comments", null);
  if (second !== undefined) return failed("sql_not_select", `${tree.statements.length} statements`, null);
  const found = walkStatement(statement.node, offsetOf);
  const problem = found.unlistable[0] ?? found.references.map((reference) => unquotedRef(sql, reference)).find(Boolean);
  if (problem) return failed("sql_unlistable", problem.what, problem.offset);
  const hash = createHash("sha256").update(withoutPositions(json)).digest("hex");
  return { ...found, error: null, hash, columnNames: columnNames(statement.node) };
};

/** `ref(a)`: the tree shows a column, as it does for `ref("a")`. */
const unquotedRef = (sql: string, { name, offset, form }: TableReference): Finding | null => {
  if (form !== "ref" || offset === null) return null;
  const [, , argument] = tokenize(sql.slice(offset, offset + 100 + 2 * name.length));
  if (argument?.kind === "string" || argument?.kind === "quoted") return null;
  return { what: "ref(…) with anything but a name in quotes", offset };
};

const notSerialized = (sql: string, tree: Serialized & { readonly error: true }): Analysis => {
  const offset = tree.position === undefined ? null : offsetOfCodePoint(sql, Number(tree.position));
  if (tree.error_type === "parser") return failed("sql_syntax", tree.error_message, offset);
  const found = statementKeyword(sql);
  if (found.pivot !== null) {
    return failed("sql_unlistable", "a PIVOT without its values: write PIVOT … ON column IN (value, …)", found.pivot);
  }
  if (found.isSelect) {
    const nestedEnum = tree.error_message.includes("non-constant type parameter");
    const detail = nestedEnum ? "an ENUM inside another type; cast the values to the ENUM first" : tree.error_message;
    return failed("sql_unlistable", detail, offset);
  }
  return failed("sql_not_select", found.statement, found.offset);
};

// Inside a string constant of the tree every quote is escaped, so this key can only be the tree's own.
const withoutPositions = (json: string): string => json.replaceAll(/"query_location":\d+,?/g, "");

/** The output's names where the text shows them all. */
const columnNames = (query: TreeNode): readonly string[] | null => {
  let node = query;
  while (node["type"] === "SET_OPERATION_NODE") {
    const children = node["children"];
    const left = Array.isArray(children) ? children[0] : node["left"];
    if (left === undefined || left === null) return null;
    node = left as TreeNode;
  }
  const list = node["select_list"];
  if (node["type"] !== "SELECT_NODE" || !Array.isArray(list)) return null;
  const names = (list as readonly TreeNode[]).map(nameOf);
  return names.every((name) => name !== null) ? names : null;
};

const nameOf = (expression: TreeNode): string | null => {
  if (typeof expression["alias"] === "string" && expression["alias"] !== "") return expression["alias"];
  const path = expression["column_names"];
  if (expression["class"] !== "COLUMN_REF" || !Array.isArray(path)) return null;
  return String(path.at(-1));
};
