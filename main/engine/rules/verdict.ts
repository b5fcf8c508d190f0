// What a node's findings mean for the node: an error that fails it, warnings that do not.

import { type ErrorCode, ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { Column } from "../../../shared/graph/index.ts";
import { failingRowsSql, failedRulesColumn } from "./failing-rows.ts";
import type { Finding } from "./findings.ts";
import { isChecksOwn } from "./problems.ts";
import type { CheckRun } from "./run-checks.ts";
import type { ProbedCheck } from "./scan.ts";

const shownRows = 3;
const shownColumns = 5;

export const warningsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ status }) => status === "warn").map(({ id, message }) => `${id}: ${message}`);

/** The error of the first violated check, with some of its rows; `null` when none is an error. */
export const violationError = async (
  code: ErrorCode & ("rule_violated" | "test_violated"),
  run: CheckRun,
  probed: readonly ProbedCheck[],
  findings: readonly Finding[],
): Promise<ExecutorExecutionError | null> => {
  const violated = findings.filter(({ status }) => status === "error");
  const [worst] = violated;
  if (worst === undefined) return null;
  const broken = probed.find(({ check }) => check.id === worst.id);
  const rows = broken === undefined ? "" : await firstRows(run, broken);
  const others = violated.slice(1).map(({ id }) => id);
  const more = others.length === 0 ? "" : `; also violated: ${others.join(", ")}`;
  const detail = `${worst.message}${rows === "" ? "" : `; first: ${rows}`}${more}`;
  const { node } = run;
  const params = {
    node: node.id,
    rule: worst.id,
    detail,
    count: worst.violations,
    percent: worst.percent,
    rows: worst.rows,
    violated: violated.map(({ id }) => id),
  };
  return new ExecutorExecutionError(code, { node: node.id, location: node.location, params });
};

const rowsSql = ({ check, probe }: ProbedCheck, columns: readonly Column[]): string | null => {
  if (probe.kind === "query") return `select * from (\n${probe.sql}\n)`;
  if (probe.kind === "schema" || probe.kind === "figure") return null;
  return failingRowsSql([{ check, probe }], failedRulesColumn(columns));
};

/** `id = 1, price = -2; …` */
const firstRows = async (run: CheckRun, broken: ProbedCheck): Promise<string> => {
  const columns = run.inputs[0]?.columns ?? [];
  const sql = rowsSql(broken, columns);
  if (sql === null) return "";
  const job = { node: run.node.id, sql: `${sql}\nlimit ${shownRows}`, inputs: run.inputs, params: run.params };
  try {
    const page = await run.duckdb.page(job, { offset: 0, limit: shownRows + 1 }, run.signal);
    const shown = columnsToShow(page.columns, broken);
    return page.rows
      .map((row) => shown.map((at) => `${page.columns[at]?.name ?? ""} = ${cell(row[at])}`).join(", "))
      .join("; ");
  } catch (thrown) {
    // The finding itself stands without them.
    if (isChecksOwn(thrown)) return "";
    throw thrown;
  }
};

const cell = (value: string | null | undefined): string => {
  if (value === null || value === undefined) return "NULL";
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
};

/** The first column, which mostly tells rows apart, and those the check is about. */
const columnsToShow = (columns: readonly Column[], { check, probe }: ProbedCheck): readonly number[] => {
  const own = probe.kind === "query" ? columns : columns.slice(0, -1);
  const about = new Set(probe.columns.map((name) => name.toLowerCase()));
  const text = typeof check.spec === "string" ? check.spec.toLowerCase() : "";
  const words = new Set(text.match(/[\p{L}\p{N}_]+/gu));
  return own
    .map(({ name }, at) => ({ name: name.toLowerCase(), at }))
    .filter(({ name, at }) => probe.kind === "query" || at === 0 || about.has(name) || words.has(name))
    .slice(0, shownColumns)
    .map(({ at }) => at);
};
