import {
  type ErrorCode,
  type ErrorParams,
  ExecutorExecutionError,
  ExecutorValidationError,
} from "../../../shared/errors/index.ts";
import { type Column, type PipelineNode, suggestion } from "../../../shared/graph/index.ts";

type Blamed = Pick<PipelineNode, "id" | "location">;

/** A mistake of a node's file. */
export const wrong = (node: Blamed, code: ErrorCode, params: ErrorParams = {}): ExecutorValidationError =>
  new ExecutorValidationError(code, { node: node.id, location: node.location, params: { node: node.id, ...params } });

/** Something that its tables show only when they are there. */
export const failed = (node: Blamed, code: ErrorCode, params: ErrorParams = {}): ExecutorExecutionError =>
  new ExecutorExecutionError(code, { node: node.id, location: node.location, params: { node: node.id, ...params } });

/** A column by the name that a file writes, in the spelling of its table. Throws `model_column_missing`. */
export const findColumn = (
  node: Blamed,
  columns: readonly Column[],
  name: string,
  where: { readonly source: string; readonly key: string },
): Column => {
  const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = columns.map((column) => column.name);
  throw failed(node, "model_column_missing", { column: name, ...where, suggestion: suggestion(name, names) });
};
