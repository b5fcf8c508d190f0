import { createHash } from "node:crypto";
import { statSync } from "node:fs";

import { ProjectError } from "../../../shared/errors/index.ts";
import type { QueryJob, Relation, SqlHosts, WrittenParquet } from "../duckdb/sql-host.ts";
import { answerRows } from "./limits.ts";
import type { Outputs } from "./outputs.ts";
import type { ScratchTables } from "./scratch-tables.ts";
import type { HeadFacts } from "./source-head.ts";
import type { HeadOf, InputSample } from "./tables.ts";

/** A table as a file. */
export interface ResolvedTable {
  readonly relation: Relation;
  readonly rows: number;
  readonly isCut: boolean;
  readonly samples: readonly InputSample[];
  readonly version: string;
  readonly head: HeadOf | null;
}

export interface ResolveContext {
  readonly outputs: Outputs;
  readonly hosts: SqlHosts;
  readonly answers: ScratchTables<WrittenParquet>;
  readonly heads: ScratchTables<HeadFacts>;
}

/** A file that holds a whole table. */
export const wholeFile = async (
  relation: Relation,
  { hosts }: ResolveContext,
  signal: AbortSignal,
): Promise<ResolvedTable> => ({
  relation,
  rows: await countRows(relation, hosts, signal),
  isCut: false,
  samples: [],
  version: versionOf(relation.file),
  head: null,
});

const counted = new Map<string, number>();

/** Rows of a relation: as its run told, else as its file does; looked up once. */
const countRows = async ({ file, rows: told }: Relation, hosts: SqlHosts, signal: AbortSignal): Promise<number> => {
  if (told !== undefined) return told;
  const key = versionOf(file);
  const known = counted.get(key);
  if (known !== undefined) return known;
  const rows = await hosts.table("count", { file }, signal);
  if (counted.size > 1000) counted.clear();
  counted.set(key, rows);
  return rows;
};

const versionOf = (file: string): string => {
  const stats = statSync(file, { throwIfNoEntry: false });
  return hashOf([file, stats?.size ?? 0, stats?.mtimeMs ?? 0]);
};

/** A short name for anything that can be written as JSON. */
export const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 24);

/** The table that a SELECT gives, written once as long as its inputs are the same. */
export const answerOf = async (
  job: QueryJob,
  { samples, turn }: { readonly samples: readonly InputSample[]; readonly turn: number },
  { answers, hosts }: ResolveContext,
  signal: AbortSignal,
): Promise<ResolvedTable> => {
  const inputs = job.inputs.map(({ id, file, firstRows = null }) => [id, versionOf(file), firstRows]);
  const version = hashOf([job.sql, job.params, inputs, turn]);
  const { file, facts } = await answers.get(version, signal, (output, workSignal) =>
    hosts.writeParquet({ ...job, firstRows: answerRows + 1 }, output, workSignal),
  );
  const isCut = facts.rows > answerRows;
  const whole = { id: job.node, file, columns: facts.columns };
  // The last row of a cut answer only tells that there are more.
  const relation = isCut ? { ...whole, firstRows: answerRows } : whole;
  return { relation, rows: Math.min(facts.rows, answerRows), isCut, samples, version, head: null };
};

/** The place of a column by its name. Throws `view_column_missing`. */
export const placeOf = ({ id, columns }: Relation, column: string): number => {
  const place = columns.findIndex(({ name }) => name === column);
  if (place < 0) throw new ProjectError("view_column_missing", { params: { table: id, column } });
  return place;
};
