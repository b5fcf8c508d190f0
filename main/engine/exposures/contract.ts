import { readFile } from "node:fs/promises";

import { z } from "zod";

import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { type Contract, contractSchema } from "../../../shared/graph/kinds/exposure.ts";
import type { TestName, TestSpecs } from "../../../shared/graph/kinds/checks.ts";
import { parseYamlDocuments } from "../../../shared/yaml/index.ts";
import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import { type Check, type Finding, probeAll, runChecks, warningsOf } from "../rules/index.ts";
import { exposureError, type ExposureNode } from "./problem.ts";
import { placeInside } from "./safe-path.ts";
import type { ExposureSpec } from "./spec.ts";

const check = <K extends TestName>(id: string, type: K, spec: TestSpecs[K]): Check => ({
  id,
  type,
  spec,
  where: null,
  nullsFail: false,
  severity: "error",
  warnIf: null,
  errorIf: null,
  message: null,
});

/** A contract as checks on a table. */
const checksOf = ({ schema, primary_key: key, freshness, rows }: Contract): readonly Check[] => [
  ...(schema === undefined ? [] : [check("contract.schema", "schema", schema)]),
  ...(key === undefined
    ? []
    : [check("contract.primary_key (no NULL)", "not_null", key), check("contract.primary_key", "unique", key)]),
  ...(freshness === undefined
    ? []
    : [
        check("contract.freshness", "freshness", {
          column: freshness.column,
          warn_after: freshness.warn_after,
          error_after: freshness.error_after ?? freshness.max_age,
        }),
      ]),
  ...(rows === undefined ? [] : [check("contract.rows", "row_count", rows)]),
];

/** The contract of a node's file, joined with the file it names. Throws `exposure_contract_file`. */
const wholeContract = async (node: ExposureNode, spec: ExposureSpec, root: string): Promise<Contract> => {
  const { contractFile: file, contract } = spec;
  if (file === null) return contract ?? {};
  const broken = (detail: string): Error => exposureError(node, "exposure_contract_file", { file, detail });
  const path = await placeInside(root, file);
  if (path.problem !== null) throw broken(path.problem);
  const text = await readFile(path.path, "utf8").catch((cause: unknown) => {
    throw broken(
      cause instanceof Error && "code" in cause && cause.code === "ENOENT" ? "there is no such file" : String(cause),
    );
  });
  const [document] = parseYamlDocuments(text);
  const [problem] = document?.problems ?? [];
  if (problem !== undefined) throw broken(`${problem.detail} (line ${problem.position.line})`);
  const read = contractSchema.safeParse(document?.value);
  if (!read.success) throw broken(z.prettifyError(read.error).replaceAll(/\s+/g, " "));
  return { ...read.data, ...contract };
};

export interface Checked {
  readonly warnings: readonly string[];
  readonly findings: readonly Finding[];
}

/** Holds the very rows that are to be handed out against the contract. Throws `exposure_contract_broken`. */
export const checkContract = async (
  node: ExposureNode,
  spec: ExposureSpec,
  input: Relation,
  context: { readonly root: string; readonly duckdb: SqlHosts; readonly signal: AbortSignal },
): Promise<Checked> => {
  const checks = checksOf(await wholeContract(node, spec, context.root));
  if (checks.length === 0) return { warnings: [], findings: [] };
  const { duckdb, signal } = context;
  const run = { node, inputs: [input], params: {}, duckdb, signal, now: Date.now(), history: {} };
  const findings = await runChecks(run, probeAll(checks, input));
  const broken = findings.filter(({ status }) => status === "error");
  if (broken.length > 0) {
    const detail = broken.map(({ id, message }) => `${id}: ${message}`).join("; ");
    throw new ExecutorExecutionError("exposure_contract_broken", {
      node: node.id,
      location: node.location,
      params: { node: node.id, input: input.id, detail, count: broken.length },
    });
  }
  return { warnings: warningsOf(findings), findings };
};
