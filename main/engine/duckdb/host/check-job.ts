import { distance } from "fastest-levenshtein";

import { HeadraceError } from "../../../../shared/errors/index.ts";
import type { QueryJob, Relation } from "../sql-host.ts";
import type { Analysis } from "../sql/analyze.ts";
import { lineAndColumn } from "../sql/line-and-column.ts";

/** The relations that a job's references stand for, by the name in the text. Throws for anything but its inputs. */
export const checkJob = (job: QueryJob, analysis: Analysis): ReadonlyMap<string, Relation> => {
  if (analysis.error) throw refusal(job, analysis.error.code, analysis.error.detail, analysis.error.offset);
  const outside = analysis.refused[0];
  if (outside) throw refusal(job, "sql_reaches_outside", outside.what, outside.offset);
  const relations = new Map<string, Relation>();
  for (const { name, offset } of analysis.references) {
    const relation = inputNamed(job, name);
    if (relation === undefined) throw unknownTable(job, name, offset);
    relations.set(name, relation);
  }
  return relations;
};

/** True for the names that stand for an input by its position. */
export const isPositional = (name: string): boolean => /^(?:__this__|source|input_\d+)$/i.test(name);

/** The input that a name in the text stands for. */
export const inputNamed = (job: QueryJob, written: string): Relation | undefined => {
  const name = written.toLowerCase();
  if (name === "__this__" || name === "source") return job.inputs[0];
  const position = /^input_(\d+)$/.exec(name)?.[1];
  if (position !== undefined) return job.inputs[Number(position)];
  return job.inputs.find(({ id }) => id.toLowerCase() === name);
};

const shownInputs = 5;

const unknownTable = (job: QueryJob, table: string, offset: number | null): HeadraceError => {
  const inputs = job.inputs.map(({ id }) => id);
  const nearest = inputs.toSorted((a, b) => distance(a, table) - distance(b, table)).slice(0, shownInputs);
  const known =
    inputs.length === 0
      ? "it has no inputs"
      : inputs.length <= shownInputs
        ? `its inputs are ${inputs.join(", ")}`
        : `the nearest of its ${inputs.length} inputs are ${nearest.join(", ")}`;
  const meant = inputs.find((id) => id.toLowerCase().endsWith(`.${table.toLowerCase()}`));
  return new HeadraceError("sql_unknown_table", {
    node: job.node,
    params: { node: job.node, table, known, inputs: nearest, ...lineAndColumn(job.sql, offset) },
    next: meant === undefined ? undefined : `Write ref('${meant}').`,
  });
};

type RefusalCode = "sql_not_select" | "sql_syntax" | "sql_unlistable" | "sql_reaches_outside";

const refusal = (job: QueryJob, code: RefusalCode, detail: string, offset: number | null): HeadraceError =>
  new HeadraceError(code, {
    node: job.node,
    params: { node: job.node, detail, found: detail, ...lineAndColumn(job.sql, offset) },
  });
