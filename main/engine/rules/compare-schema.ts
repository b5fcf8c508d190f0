import type { TestSpecs } from "../../../shared/graph/kinds/checks.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { CheckRun } from "./run-checks.ts";

/** Declared types in DuckDB's own spelling (`int` is `INTEGER`), by their place. */
const ownSpelling = async (
  run: CheckRun,
  columns: TestSpecs["schema"]["columns"],
): Promise<readonly (string | null)[]> => {
  const list = columns.map(({ type }, at) => `null::${type ?? "integer"} as c${at}`).join(", ");
  const job = { node: run.node.id, sql: `select ${list}`, inputs: [], params: {} };
  const described = await run.duckdb.describe(job, run.signal);
  return columns.map(({ type }, at) => (type === null ? null : (described[at]?.type ?? type)));
};

/** What is not as declared, a sentence fragment each. */
export const compareSchema = async (
  run: CheckRun,
  spec: TestSpecs["schema"],
  checked: Relation,
): Promise<readonly string[]> => {
  const types = await ownSpelling(run, spec.columns);
  const actual = new Map(checked.columns.map(({ name, type }) => [name.toLowerCase(), type]));
  const wrong = spec.columns.flatMap(({ name }, at) => {
    const found = actual.get(name.toLowerCase());
    if (found === undefined) return [`${name} is missing`];
    const wanted = types[at] ?? null;
    return wanted === null || wanted === found ? [] : [`${name} is ${found}, not ${wanted}`];
  });
  if (spec.extra === "pass") return wrong;
  const declared = new Set(spec.columns.map(({ name }) => name.toLowerCase()));
  const others = checked.columns.filter(({ name }) => !declared.has(name.toLowerCase()));
  return [...wrong, ...others.map(({ name }) => `${name} is not declared`)];
};
