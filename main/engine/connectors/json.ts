// JSON files: one array, one object, or one object a line. Every record and value is looked at; nothing is guessed away.

import { readFile } from "node:fs/promises";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { refusal } from "./connector-error.ts";
import type { Connector, ReadContext, SourcePlan, SourceRead } from "./connector.ts";
import { encodingOption } from "./encoding-option.ts";
import { filesState, newest, sourceFiles } from "./files.ts";
import { jsonHead } from "./json/json-head.ts";
import { jsonColumns } from "./json/columns.ts";
import {
  explainDamage,
  type JsonFile,
  type JsonLayout,
  openJsonFiles,
  recordsOf,
  recordSizes,
} from "./json/records.ts";
import { isoFormats } from "./strict-cast.ts";
import { writeTyped } from "./write-typed.ts";

/** The line of record `row` in a file of one object a line; records of an array are counted. */
const placeOf = async (file: JsonFile, row: number): Promise<string> => {
  if (file.format !== "newline_delimited") return `record ${row}`;
  let records = 0;
  for (const [i, line] of (await readFile(file.text, "utf8")).split("\n").entries()) {
    if (line.trim() !== "") records += 1;
    if (records === row) return `line ${i + 1}`;
  }
  return `record ${row}`;
};

const readFiles = async (
  plan: SourcePlan,
  files: readonly JsonFile[],
  largest: number,
  output: string,
  context: ReadContext,
): Promise<Omit<SourceRead, "modified" | "metadata">> => {
  const relation = recordsOf(files, largest);
  const where = files.length === 1 ? (files[0]?.name ?? "") : (plan.path ?? "");
  const columns = await jsonColumns(plan, where, relation, context);
  if (columns.length === 0) {
    throw new ExecutorExecutionError("source_no_columns", { node: plan.node, params: { node: plan.node, where } });
  }
  const written = await writeTyped(plan, output, context, {
    columns,
    relation,
    formats: isoFormats,
    parts: files.map((file) => ({
      name: file.name,
      relation: recordsOf([file], largest),
      place: (row) => placeOf(file, row),
    })),
  });
  return { ...written, warnings: written.rows === 0 ? [`${where} holds no records`] : [] };
};

const reader =
  (layout: JsonLayout): Connector["read"] =>
  async (plan, output, context) => {
    const named = await sourceFiles(plan, context);
    const head = context.head === undefined ? null : await jsonHead(plan, named, { layout, ...context.head }, context);
    const found = head === null ? named : [head.file];
    const files = await openJsonFiles(head === null ? plan : { ...plan, options: {} }, found, layout, context);
    try {
      const read = await readFiles(plan, files, recordSizes[0], output, context).catch((error: unknown) => {
        if (!/maximum_object_size/.test(refusal(error) ?? "")) throw error;
        return readFiles(plan, files, recordSizes[1], output, context);
      });
      const metadata = { files: files.map(({ name }) => name) };
      return { ...read, modified: newest(found), metadata, isAll: head?.isAll };
    } catch (error) {
      throw await explainDamage(plan.node, files, error);
    }
  };

const connector = (layout: JsonLayout): Connector => ({
  options: ["encoding"],
  check: (plan) => ({ encoding: encodingOption(plan) }),
  inputsState: (plan, probe) => filesState(plan.node, plan.path ?? "", probe),
  read: reader(layout),
});

/** `source: json`: an array of objects, a single object, or objects after one another. */
export const jsonConnector = connector("array");

/** `source: jsonl`: one object a line. */
export const jsonLinesConnector = connector("lines");
