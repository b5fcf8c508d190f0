import { type ErrorCode, type ErrorParams, ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";

export type ExposureNode = PipelineNode<"exposure">;

/** An error about an exposure's own file, at its place. */
export const exposureError = (node: ExposureNode, code: ErrorCode, params: ErrorParams = {}): ExecutorValidationError =>
  new ExecutorValidationError(code, {
    node: node.id,
    location: node.location,
    params: { node: node.id, name: node.name, ...params },
  });
