/** What a pasted text is. `unknown` is none of what can become nodes. */
export type PastedText =
  | { readonly type: "yaml" }
  | { readonly type: "sql"; readonly sql: string }
  | { readonly type: "table"; readonly ending: "csv" | "tsv" }
  | { readonly type: "unknown" };

const withoutComments = (text: string): string => text.replace(/^(?:\s+|--[^\n]*\n?|\/\*[\s\S]*?\*\/)+/, "");

const isYaml = (text: string): boolean =>
  /^kind:[ \t]*['"]?[a-z_]+['"]?[ \t]*(?:#.*)?$/m.test(text) && /^name:[ \t]*\S+/m.test(text);

const isSql = (text: string): boolean =>
  /^(?:select|with|from|pivot|unpivot|values|summarize|describe|\()/i.test(withoutComments(text)) &&
  /\b(?:select|from|values|pivot)\b/i.test(text);

/** Separators of a line outside quotes. */
const count = (line: string, separator: string): number =>
  line.replaceAll(/"(?:[^"]|"")*"/g, "").split(separator).length - 1;

/** Every line has the same number of separators, at least one, and there is a header and a row. */
const isTable = (lines: readonly string[], separator: string): boolean => {
  const [first = ""] = lines;
  const columns = count(first, separator);
  return columns > 0 && lines.length > 1 && lines.every((line) => count(line, separator) === columns);
};

/** Tells nodes in YAML from SQL from a table, by its first lines. */
export const classifyText = (text: string): PastedText => {
  const plain = text.replaceAll("\r\n", "\n");
  if (isYaml(plain)) return { type: "yaml" };
  const sql = plain.trim().replace(/;\s*$/, "");
  if (isSql(sql)) return { type: "sql", sql: `${sql}\n` };
  const lines = plain
    .split("\n")
    .filter((line) => line !== "")
    .slice(0, 50);
  if (isTable(lines, "\t")) return { type: "table", ending: "tsv" };
  if ([",", ";", "|"].some((separator) => isTable(lines, separator))) return { type: "table", ending: "csv" };
  return { type: "unknown" };
};
