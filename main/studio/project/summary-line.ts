import type { PipelineNode } from "../../../shared/graph/index.ts";

const maxLength = 120;

const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
};

const withoutComments = (sql: string): string => sql.replaceAll(/--[^\n]*/g, " ").replaceAll(/\/\*[\s\S]*?\*\//g, " ");

/** What tells one query from another at a glance: its filter, else its join, else its grouping, else its beginning. */
const clauses = [
  /\bwhere\b.+?(?=\bgroup by\b|\bhaving\b|\bwindow\b|\bqualify\b|\border by\b|\blimit\b|$)/i,
  /\bqualify\b.+?(?=\border by\b|\blimit\b|$)/i,
  /\bjoin\b.+?(?=\bwhere\b|\bgroup by\b|\b(?:left|right|full|inner|cross|asof)?\s*join\b|\border by\b|\blimit\b|$)/i,
  /\bgroup by\b.+?(?=\bhaving\b|\bqualify\b|\border by\b|\blimit\b|$)/i,
];

const ofSql = (sql: string): string => {
  const line = withoutComments(sql)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ref\('([^']*)'\)/g, "$1")
    .trim();
  for (const clause of clauses) {
    const found = clause.exec(line)?.[0];
    if (found !== undefined && !/^group by all\b/i.test(found)) return oneLine(found);
  }
  return oneLine(line);
};

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** One line that says what a node does, for its card. */
export const summaryLine = (node: PipelineNode): string => {
  const config = node.config as Readonly<Record<string, unknown>>;
  const params = (config["params"] ?? {}) as Readonly<Record<string, unknown>>;
  if (node.body?.language === "python") return `${node.body.file} · ${node.body.function}()`;
  if (node.kind === "source") {
    const place = text(config["query"]) ?? text(params["query"]) ?? text(config["table"]) ?? text(params["path"]);
    return oneLine([text(config["source"]), place].filter((part) => part !== null).join(" · "));
  }
  if (node.body?.language === "sql") return ofSql(node.body.text);
  const first = ["rule", "url", "algorithm", "entity", "type"]
    .map((key) => text(config[key]))
    .find((it) => it !== null);
  return oneLine(first ?? text(config["description"]) ?? "");
};
