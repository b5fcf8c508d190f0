// JSON files as a relation of records: one object a row, still JSON.

import { isUtf8 } from "node:buffer";
import { open, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import { literal } from "../../duckdb/sql/identifiers.ts";
import { refusal, shortened } from "../connector-error.ts";
import type { LookContext, SourcePlan } from "../connector.ts";
import { encodingOption } from "../encoding-option.ts";
import { decodeFile, type DecodedFile } from "../decode.ts";
import type { SourceFile } from "../files.ts";

export type JsonLayout = "array" | "lines";

const formats: Readonly<Record<JsonLayout, string>> = { array: "array", lines: "newline_delimited" };

/** A file of one array, one object, or objects one a line. */
export interface JsonFile extends DecodedFile {
  /** DuckDB's name of the layout. */
  readonly format: string;
}

/** Bytes that one record may have: DuckDB keeps a buffer of this size, so more only where it is needed. */
export const recordSizes = [16 << 20, 512 << 20] as const;

/** The rows of files with the same layout as column `json`. */
export const recordsOf = (files: readonly JsonFile[], largest: number): string => {
  const groups = Map.groupBy(files, ({ format }) => format);
  const parts = [...groups].map(([format, group]) => {
    const paths = group.map(({ text }) => literal(text)).join(", ");
    return `select json from read_json_objects([${paths}], format = '${format}', maximum_object_size = ${largest})`;
  });
  return `(${parts.join(" union all ")})`;
};

const firstCharacter = async (file: DecodedFile): Promise<string> => {
  await using handle = await open(file.text);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
  return /[^\s\ufeff]/.exec(buffer.subarray(0, bytesRead).toString("utf8"))?.[0] ?? "";
};

/** A `json` file may hold one array, one object, or objects line by line; its first character tells the array. */
const formatOf = async (file: DecodedFile, layout: JsonLayout): Promise<string> => {
  if (layout === "lines") return formats.lines;
  return (await firstCharacter(file)) === "[" ? formats.array : "unstructured";
};

/** Decodes every file. Throws `source_file_empty`, `source_encoding_wrong`, … */
export const openJsonFiles = async (
  plan: SourcePlan,
  files: readonly SourceFile[],
  layout: JsonLayout,
  context: LookContext,
): Promise<readonly JsonFile[]> => {
  const encoding = encodingOption(plan);
  const opened: JsonFile[] = [];
  for (const [i, file] of files.entries()) {
    const scratch = join(context.scratch, `${i}-${basename(file.path)}`);
    const decoded = await decodeFile(plan.node, file, encoding, scratch, context.signal);
    opened.push({ ...decoded, format: await formatOf(decoded, layout) });
  }
  return opened;
};

const lineAt = (text: string, position: number): number => text.slice(0, position).split("\n").length;

/** Where JavaScript's own parser stops, for a message with a line. */
const parseProblem = (text: string, firstLine: number): { readonly line: number; readonly detail: string } | null => {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    const detail = message.replace(/ in JSON at position.*$/, "").replace(/,? ?"?\.\.\..*$/s, "");
    return { line: firstLine + lineAt(text, position) - 1, detail };
  }
};

const explainLines = (text: string): { readonly line: number; readonly detail: string } | null => {
  for (const [i, line] of text.split("\n").entries()) {
    const problem = line.trim() === "" ? null : parseProblem(line, i + 1);
    if (problem !== null) return problem;
  }
  return null;
};

const wrongEncoding = (node: string, file: JsonFile, bytes: Buffer, cause: unknown): ExecutorExecutionError => {
  const text = bytes.toString("utf8");
  const line = lineAt(text, text.indexOf("\ufffd"));
  return new ExecutorExecutionError(
    "source_encoding_wrong",
    { node, params: { path: file.name, line, encoding: "utf-8" } },
    { cause },
  );
};

const largestExplained = 256 << 20;

/** `json_damaged` with the line for what DuckDB refused. */
export const explainDamage = async (node: string, files: readonly JsonFile[], error: unknown): Promise<unknown> => {
  const message = refusal(error);
  if (message === null) return error;
  for (const file of files) {
    if (file.bytes > largestExplained) continue;
    const bytes = await readFile(file.text);
    if (!isUtf8(bytes)) return wrongEncoding(node, file, bytes, error);
    const text = bytes.toString("utf8").replace(/^\ufeff/, "");
    const problem = file.format === formats.lines ? explainLines(text) : parseProblem(text, 1);
    if (problem === null) continue;
    const params = { path: file.name, ...problem };
    return new ExecutorExecutionError("json_damaged", { node, params }, { cause: error });
  }
  const named = files.find((file) => message.includes(file.text)) ?? files[0];
  const params = { path: named?.name ?? "", detail: shortened(message) };
  return new ExecutorExecutionError("source_file_damaged", { node, params }, { cause: error });
};
