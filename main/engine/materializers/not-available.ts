import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { Materializer } from "./materializer.ts";
import { targetName } from "./target-name.ts";

/** A type of target that project files may name and that this version cannot write: it says what is missing. */
export const notAvailable = (type: string, missing: string): Materializer => {
  const refuse = (node: string): never => {
    throw new ExecutorValidationError("materializer_not_available", { node, params: { node, type, missing } });
  };
  return {
    target: targetName,
    validate: (_options, node) => refuse(node),
    write: async (source) => refuse(source.node),
    preview: async (source) => refuse(source.node),
    describe: async (source) => refuse(source.node),
    page: async () => refuse(type),
  };
};
