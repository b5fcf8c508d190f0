import { ExecutorExecutionError } from "../../../shared/errors/index.ts";

export interface NamedColumns {
  /** The file's name in messages. */
  readonly name: string;
  readonly names: readonly string[];
}

/** Files read as one must have the same columns, in any order. Throws `source_schema_differs`. */
export const checkSameColumns = (node: string, files: readonly NamedColumns[]): void => {
  const [first, ...others] = files;
  if (first === undefined) return;
  for (const file of others) {
    if (file.names.join("\0") === first.names.join("\0")) continue;
    const lacks = first.names.find((name) => !file.names.includes(name));
    const adds = file.names.find((name) => !first.names.includes(name));
    if (lacks === undefined && adds === undefined) continue;
    const column = lacks ?? adds ?? "";
    const only = lacks === undefined ? file.name : first.name;
    const params = { path: first.name, other: file.name, detail: `only ${only} has ${column}`, column };
    throw new ExecutorExecutionError("source_schema_differs", { node, params });
  }
};
