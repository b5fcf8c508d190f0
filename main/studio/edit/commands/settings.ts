import { setInDefinition } from "../definition.ts";
import { findNode } from "../node-document.ts";
import type { ApplyCommand } from "./command-context.ts";

/** One key of a node's definition; nothing else of the file changes. */
export const set: ApplyCommand<"set"> = ({ node, path, value }, { project, files }) =>
  setInDefinition(findNode(project, node), files, path, value);

export const unset: ApplyCommand<"unset"> = ({ node, path }, { project, files }) =>
  setInDefinition(findNode(project, node), files, path, undefined);
