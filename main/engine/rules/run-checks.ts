// Runs a node's checks: one scan for all that read rows, then what cannot be part of it.

import { BugError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import type { Check, FigureProbe, Probe, UniqueProbe } from "./check.ts";
import { compareSchema } from "./compare-schema.ts";
import { doubledRowsSql } from "./failing-rows.ts";
import { knownBounds } from "./bounds.ts";
import { findingOf, type Finding } from "./findings.ts";
import { checkFailed, isChecksOwn, refuseMissingColumns, refuseMissingInputs } from "./problems.ts";
import { probeOf } from "./registry.ts";
import { scanOf, type ProbedCheck, type Scan, type ScanColumns } from "./scan.ts";

export interface CheckRun {
  readonly node: PipelineNode;
  /** The first one is checked; the others are compared with. */
  readonly inputs: readonly Relation[];
  /** Values for `$name` in the checks' SQL. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly duckdb: SqlHosts;
  readonly signal: AbortSignal;
  readonly now: number;
  /** Figures of earlier runs by check id, newest last. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}

type Cells = readonly (string | null)[];

/** `checked` is the table, where it is known: some checks are asked in a cheaper way of some types. */
export const probeAll = (checks: readonly Check[], checked?: Relation): readonly ProbedCheck[] => {
  const types = new Map(checked?.columns.map(({ name, type }) => [name.toLowerCase(), type]));
  return checks.map((check, at) => ({
    check,
    probe: probeOf(check, at, (name) => types.get(name.toLowerCase()) ?? null),
  }));
};

/** The only row of a SELECT of aggregates. */
const oneRow = async (run: CheckRun, sql: string): Promise<Cells> => {
  const { node, inputs, params, duckdb, signal } = run;
  const { memory, threads } = node.config.resources ?? {};
  const limits = memory === undefined && threads === undefined ? undefined : { memory, threads };
  const job = { node: node.id, sql, inputs, params, limits };
  return (await duckdb.page(job, { offset: 0, limit: 2 }, signal)).rows[0] ?? [];
};

/** Makes every check and says how each came out. Throws when one cannot be made, naming it. */
export const runChecks = async (run: CheckRun, probed: readonly ProbedCheck[]): Promise<readonly Finding[]> => {
  const [checked] = run.inputs;
  if (checked === undefined) throw new BugError(`${run.node.id} checks nothing`);
  refuseMissingColumns(run.node, probed, checked);
  refuseMissingInputs(run.node, probed, run.inputs);
  const scan = scanOf(probed, await knownBounds(probed, (sql) => oneRow(run, sql)));
  const cells = scan === null ? [] : await scanned(run, probed, scan, checked);
  const doubled = scan === null ? new Map<string, number>() : await doubledRows(run, probed, scan, cells);
  const findings: Finding[] = [];
  for (const [at, { check, probe }] of probed.entries()) {
    const columns = scan?.columns[at] ?? null;
    findings.push(
      columns === null
        ? await unscanned(run, check, probe, checked)
        : judged(run, check, probe, columns, cells, doubled.get(check.id) ?? 0),
    );
  }
  return findings;
};

/** Asked one by one when the scan fails, to name the check whose SQL is wrong. */
const scanned = async (
  run: CheckRun,
  probed: readonly ProbedCheck[],
  scan: Scan,
  checked: Relation,
): Promise<Cells> => {
  try {
    return await oneRow(run, scan.sql);
  } catch (thrown) {
    if (!isChecksOwn(thrown)) throw thrown;
    for (const entry of probed) {
      const alone = scanOf([entry]);
      if (alone === null) continue;
      await oneRow(run, alone.sql).catch((cause: unknown) => {
        throw isChecksOwn(cause) ? checkFailed(run.node, entry.check, checked, cause) : cause;
      });
    }
    throw thrown;
  }
};

const count = (cells: Cells, at: number | null): number => (at === null ? 0 : Number(cells[at] ?? 0));

/** The scan tells whether keys repeat; how many rows share one takes a look at the keys alone. */
const doubledRows = async (
  run: CheckRun,
  probed: readonly ProbedCheck[],
  scan: Scan,
  cells: Cells,
): Promise<ReadonlyMap<string, number>> => {
  const repeated = probed.flatMap(({ check, probe }, at): { check: Check; probe: UniqueProbe }[] => {
    const columns = scan.columns[at];
    if (probe.kind !== "unique" || !columns) return [];
    return count(cells, columns.keyed) > count(cells, columns.distinct) ? [{ check, probe }] : [];
  });
  if (repeated.length === 0) return new Map();
  const counts = await oneRow(run, doubledRowsSql(repeated));
  return new Map(repeated.map(({ check }, at) => [check.id, count(counts, at)]));
};

const judged = (
  run: CheckRun,
  check: Check,
  probe: Probe,
  columns: ScanColumns,
  cells: Cells,
  doubled: number,
): Finding => {
  const rows = count(cells, columns.rows);
  if (probe.kind === "figure") return judgedFigure(run, check, probe, cells[columns.figure ?? -1] ?? null, rows);
  const nulls = count(cells, columns.nulls);
  if (probe.kind === "unique") {
    return findingOf(check, { violations: doubled + (check.nullsFail ? nulls : 0), rows, nulls });
  }
  const violations = count(cells, columns.violations);
  return findingOf(check, { violations, rows, nulls: check.type === "not_null" ? violations : nulls });
};

const judgedFigure = (run: CheckRun, check: Check, probe: FigureProbe, value: string | null, rows: number): Finding => {
  const told = probe.judge(value, { now: run.now, earlier: run.history[check.id] ?? [] });
  const verdict = value === null && check.nullsFail ? { ...told, violated: true } : told;
  const number = value === null ? null : Number(value);
  return findingOf(check, {
    violations: verdict.violated ? 1 : 0,
    rows,
    nulls: value === null ? 1 : 0,
    verdict,
    value: number !== null && Number.isFinite(number) ? number : null,
  });
};

const unscanned = async (run: CheckRun, check: Check, probe: Probe, checked: Relation): Promise<Finding> => {
  try {
    if (probe.kind === "schema") {
      const problems = await compareSchema(run, probe.spec, checked);
      const observed = problems.length === 0 ? "as declared" : problems.join("; ");
      return findingOf(check, { violations: problems.length, rows: checked.columns.length, observed });
    }
    if (probe.kind !== "query") throw new BugError(`${check.id} is part of the scan`);
    const [violations] = await oneRow(run, `select count(*) from (\n${probe.sql}\n)`);
    return findingOf(check, { violations: Number(violations), rows: 0 });
  } catch (thrown) {
    throw isChecksOwn(thrown) ? checkFailed(run.node, check, checked, thrown) : thrown;
  }
};
