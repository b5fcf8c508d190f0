import { readFile, writeFile } from "node:fs/promises";

import { z } from "zod";

import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import { hashText } from "../files/index.ts";
import { repeatsSql } from "./point-in-time-sql.ts";
import type { ResolvedTrainingSet } from "./training-set-columns.ts";

const factsSchema = z.record(z.string(), z.boolean());

/**
 * Finds out for each joined group whether rows share keys and event time. The answer is kept beside the group's table,
 * which never changes under its name, so that a table is asked once.
 */
export const withRepeats = async (
  set: ResolvedTrainingSet,
  node: string,
  inputs: readonly Relation[],
  duckdb: Pick<SqlHosts, "page">,
  signal: AbortSignal,
): Promise<ResolvedTrainingSet> => {
  const joins: ResolvedTrainingSet["joins"][number][] = [];
  for (const join of set.joins) {
    const relation = inputs[join.input];
    if (relation === undefined) joins.push(join);
    else joins.push({ ...join, repeats: await hasRepeats(relation, repeatsSql(join), node, duckdb, signal) });
  }
  return { ...set, joins };
};

const hasRepeats = async (
  relation: Relation,
  sql: string,
  node: string,
  duckdb: Pick<SqlHosts, "page">,
  signal: AbortSignal,
): Promise<boolean> => {
  const file = `${relation.file}.repeats.json`;
  const question = hashText(sql);
  const known = await readFacts(file);
  const answer = known[question];
  if (answer !== undefined) return answer;
  const page = await duckdb.page({ node, sql, inputs: [relation], params: {} }, { offset: 0, limit: 1 }, signal);
  const found = page.rows[0]?.[0] !== "false";
  // An answer that cannot be kept is asked for again.
  await writeFile(file, JSON.stringify({ ...known, [question]: found })).catch(() => undefined);
  return found;
};

/** An unreadable file is no answer. */
const readFacts = async (file: string): Promise<z.output<typeof factsSchema>> => {
  try {
    return factsSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return {};
  }
};
