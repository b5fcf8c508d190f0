import { nearest } from "../../../shared/graph/index.ts";
import { quoted } from "../duckdb/sql/identifiers.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { ExecutionContext, NodeOutput } from "../executors/executor.ts";
import { checkContract } from "./contract.ts";
import { checkUrl, type UrlState } from "./check-url.ts";
import { deliver, deliveryPath } from "./deliver.ts";
import { lastDelivery, rememberDelivery } from "./delivered.ts";
import { exposureError, type ExposureNode } from "./problem.ts";
import type { ExposureSpec } from "./spec.ts";

/** Holds a table to its contract, hands it out and looks at its address. */
export const executeExposure = async (
  node: ExposureNode,
  spec: ExposureSpec,
  context: ExecutionContext,
): Promise<NodeOutput> => {
  const { duckdb, signal, project } = context;
  if (context.inputs.length > 1) return announce(spec, signal, node);
  const input = inputOf(node, context);
  const uses = (spec.uses ?? input.columns.map(({ name }) => name)).map((name) => columnOf(node, "uses", name, input));
  for (const name of spec.file?.partitionBy ?? []) columnOf(node, "params.partition_by", name, input, uses);
  if (spec.file !== null) await deliveryPath(node, spec.file, project.root);

  context.progress("checking the contract");
  const { warnings, findings } = await checkContract(node, spec, input, { root: project.root, duckdb, signal });
  context.progress("writing");
  const sql = `select ${uses.map(quoted).join(", ")} from input_0`;
  const job = { node: node.id, sql, inputs: [input], params: {} };
  const table = await duckdb.writeParquet(job, context.output, signal);
  const handed = { file: context.output, columns: table.columns, rows: table.rows };
  const file = spec.file === null ? null : await handOut(node, spec.file, { ...handed, hash: table.hash }, context);
  const url = spec.url === null ? null : await checkUrl(node, spec.url, signal);
  return {
    ...handed,
    hash: table.hash,
    warnings: [...warnings, ...urlWarnings(url)],
    metrics: { memoryMb: table.memoryMb, cpuSeconds: table.cpuSeconds },
    metadata: { exposure: spec.type, contract: findings, delivered: file, url },
  };
};

/** What reads several tables hands none of them out: only its address is looked at. */
const announce = async (spec: ExposureSpec, signal: AbortSignal, node: ExposureNode): Promise<NodeOutput> => {
  const url = spec.url === null ? null : await checkUrl(node, spec.url, signal);
  return { file: null, rows: 0, columns: [], warnings: urlWarnings(url), metadata: { exposure: spec.type, url } };
};

const inputOf = (node: ExposureNode, { inputs }: ExecutionContext): Relation => {
  const [input] = inputs;
  if (input === undefined) throw exposureError(node, "exposure_no_input");
  return input;
};

/** A column of the input as the input spells it. Throws `exposure_column_missing`. */
const columnOf = (
  node: ExposureNode,
  key: string,
  name: string,
  input: Relation,
  among: readonly string[] = input.columns.map((column) => column.name),
): string => {
  const found = among.find((column) => column.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const close = nearest(name, among);
  const known = `It has ${among.join(", ")}.`;
  const suggestion = close === null ? known : `Did you mean ${close}?`;
  throw exposureError(node, "exposure_column_missing", { key, column: name, input: input.id, suggestion });
};

interface Delivered {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  /** False when the same table stood there already. */
  readonly written: boolean;
}

const handOut = async (
  node: ExposureNode,
  file: NonNullable<ExposureSpec["file"]>,
  table: { readonly file: string; readonly columns: Relation["columns"]; readonly rows: number; readonly hash: string },
  context: ExecutionContext,
): Promise<Delivered> => {
  const { duckdb, connectors, signal, project, stateDir } = context;
  const path = await deliveryPath(node, file, project.root);
  const last = await lastDelivery(stateDir, node, file, path, table.hash);
  if (last !== null) return { path: file.path, format: file.format, bytes: last, written: false };
  const bytes = await deliver(node, file, table, { root: project.root, duckdb, connectors, signal });
  await rememberDelivery(stateDir, node, file, { path, hash: table.hash, bytes });
  return { path: file.path, format: file.format, bytes, written: true };
};

const urlWarnings = (url: UrlState | null): readonly string[] =>
  url !== null && ["unreachable", "not_checked", "refused"].includes(url.state)
    ? [`the url ${url.url} is ${url.state === "not_checked" ? "not checked" : url.state}: ${url.detail ?? ""}`]
    : [];
