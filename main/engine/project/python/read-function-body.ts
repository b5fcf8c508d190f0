import type { SourceLocation } from "../../../../shared/errors/index.ts";
import { nearest } from "../../../../shared/graph/index.ts";
import { projectError } from "../problems.ts";
import { type Body, noBody } from "../read-body.ts";
import type { ReadContext } from "../read-context.ts";
import { type DecoratedFunction, decoratedFunctions, topLevelFunctions } from "./decorated.ts";
import { bodyOf, openFile, referencesIn } from "./python-file.ts";
import { parsePython } from "./syntax.ts";

/** The body of a YAML node with `file: x.py`: `function:`, else the function that is this node, else the only one. */
export const readFunctionBody = (
  context: ReadContext,
  path: string,
  code: string,
  wanted: { readonly id: string; readonly kind: string; readonly function: string | null },
  locate: (key: "file" | "function") => SourceLocation,
): Body => {
  const file = openFile(context, path, parsePython(code));
  const functions = topLevelFunctions(file.syntax);
  const decorated = decoratedFunctions(file.syntax).filter(({ inside }) => inside === null);
  const name = wanted.function ?? implied(wanted.id, decorated, [...functions.keys()]);
  const definition = functions.get(name);
  const files = file.modules.sources;
  const { folders } = file.modules;
  if (definition === undefined) {
    const close = nearest(name, functions.keys());
    const next = close === null ? undefined : `Did you mean ${close}?`;
    const location = locate(wanted.function === null ? "file" : "function");
    const params = { file: path, function: name };
    return {
      ...noBody,
      files,
      folders,
      problems: [projectError("function_missing", { node: wanted.id, location, params, next })],
    };
  }
  const own = decorated.find((entry) => entry.function === name);
  const references = own === undefined ? [] : referencesIn(file, own);
  return { ...noBody, python: bodyOf(file, name, definition.from), references, files, folders };
};

const implied = (id: string, decorated: readonly DecoratedFunction[], functions: readonly string[]): string => {
  const name = id.slice(id.indexOf(".") + 1);
  const same = decorated.find(
    ({ function: own, decorators }) =>
      own === name || decorators.some((call) => call.positional === name || call.options?.["name"] === name),
  );
  if (same !== undefined) return same.function;
  const [only, ...others] = decorated;
  if (only !== undefined && others.length === 0) return only.function;
  return functions.length === 1 ? (functions[0] ?? name) : name;
};
