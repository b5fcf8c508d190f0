const indent = "    ";

/** A JSON value as Python source, in one line. */
export const pythonLiteral = (value: unknown): string => {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return pythonText(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const entries = Object.entries(value).map(([key, entry]) => `${pythonText(key)}: ${pythonLiteral(entry)}`);
  return `{${entries.join(", ")}}`;
};

/** JSON's escapes are Python's too; lone surrogates are not text that a file can hold, JSON escapes them. */
const pythonText = (text: string): string => JSON.stringify(text);

/** The white space that a line of code begins with, one level deeper. */
export const deeper = (code: string, offset: number): string => {
  const lineStart = code.lastIndexOf("\n", offset - 1) + 1;
  return (/^[ \t]*/.exec(code.slice(lineStart))?.[0] ?? "") + indent;
};
