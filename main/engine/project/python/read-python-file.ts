// Python files: decorated functions become nodes.

import { HeadraceError, type SourceLocation } from "../../../../shared/errors/index.ts";
import type { YamlPath } from "../../../../shared/yaml/index.ts";
import { emptyContent, type FileContent, joinContents } from "../draft.ts";
import { noBody } from "../read-body.ts";
import type { ImportedFunction, ReadContext } from "../read-context.ts";
import { readNode } from "../read-node.ts";
import { broken } from "../read-yaml-file.ts";
import { type DecoratedFunction, decoratedFunctions, type DecoratorCall } from "./decorated.ts";
import { computedArgument, computedCall, type Imported, misuse } from "./misuse.ts";
import { bodyOf, locationIn, openFile, type PythonFile, referencesIn } from "./python-file.ts";
import { parsePython } from "./syntax.ts";

/** The nodes of one Python file. A file without decorated functions has none, and is not looked at further. */
export const readPythonFile = async (context: ReadContext, file: string, code: string): Promise<FileContent> => {
  const syntax = parsePython(code);
  const functions = decoratedFunctions(syntax);
  if (functions.length === 0 && syntax.error === null) return emptyContent;
  const opened = openFile(context, file, syntax);
  const imported = await importComputed(context, opened, functions);
  const contents: FileContent[] = [];
  for (const decorated of functions) contents.push(await readFunction(context, opened, decorated, imported));
  const { sources, folders } = opened.modules;
  const isTransient = imported instanceof HeadraceError;
  const reads = sources.filter((path) => path !== file);
  return joinContents([...contents, { ...emptyContent, reads, folders, isTransient }]);
};

/** When any decorator's arguments are computed, the file is imported once. */
const importComputed = async (
  context: ReadContext,
  file: PythonFile,
  functions: readonly DecoratedFunction[],
): Promise<Imported> => {
  const isComputed = functions.some((decorated) => computedCall(decorated) !== null);
  if (!isComputed || context.importPython === undefined) return null;
  try {
    return await context.importPython(bodyOf(file, "", 0), context.python);
  } catch (error) {
    if (error instanceof HeadraceError) return error;
    throw error;
  }
};

const readFunction = async (
  context: ReadContext,
  file: PythonFile,
  decorated: DecoratedFunction,
  imported: Imported,
): Promise<FileContent> => {
  const kindCalls = decorated.decorators.filter(({ name }) => name !== "materialize");
  const [call] = kindCalls;
  const problem = misuse(file, decorated, kindCalls) ?? computedArgument(file, decorated, imported);
  if (problem !== null || call === undefined) return broken(file.file, null, problem === null ? [] : [problem]);
  const found = Array.isArray(imported)
    ? (imported as readonly ImportedFunction[]).find((entry) => entry.function === decorated.function)
    : undefined;
  // Importing the file never came to this function: it is not a node.
  if (found === undefined && computedCall(decorated) !== null) return emptyContent;
  const raw = found === undefined ? writtenOptions(decorated, call) : importedOptions(found);
  const isDeclared = raw["kind"] === "source" && typeof raw["source"] === "string" && !decorated.returnsData;
  const at = (path: YamlPath): SourceLocation => locationIn(file, offsetAt(decorated, call, path));
  const read = await readNode(context, {
    raw,
    file: file.file,
    document: 0,
    at,
    scalar: () => null,
    body: isDeclared
      ? noBody
      : { ...noBody, python: bodyOf(file, decorated.function, decorated.offset), files: file.modules.sources },
    references: referencesIn(file, decorated),
  });
  if (read.draft === null) return broken(file.file, read.id, read.problems);
  // Python has no document to look a place up in later: the places are kept.
  const named = read.draft.named.map((input) => ({ ...input, location: input.location ?? at(input.path) }));
  return { ...emptyContent, drafts: [{ ...read.draft, named }], problems: read.problems };
};

/** The decorators' arguments as a node's keys. */
const writtenOptions = (decorated: DecoratedFunction, call: DecoratorCall): Readonly<Record<string, unknown>> => {
  const targets = decorated.decorators
    .filter(({ name }) => name === "materialize")
    .map(({ options, positional }) => (positional === null ? { ...options } : { type: positional, ...options }));
  return nodeKeys(call.name, call.positional ?? decorated.function, call.options ?? {}, targets);
};

const importedOptions = ({ kind, name, options, materializations }: ImportedFunction) =>
  nodeKeys(kind, name, options, materializations);

const nodeKeys = (
  kind: string,
  name: string,
  options: Readonly<Record<string, unknown>>,
  targets: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> => {
  const keys: Record<string, unknown> = { name, ...options, kind };
  // `source="python"` says no more than that the function is the source.
  if (keys["source"] === "python") delete keys["source"];
  if (targets.length > 0) {
    const own = keys["materializations"];
    keys["materializations"] = [...(Array.isArray(own) ? own : []), ...targets];
  }
  return keys;
};

/** The offset of a value of the merged keys: in the kind's decorator, else in a `@materialize`. */
const offsetAt = (decorated: DecoratedFunction, call: DecoratorCall, path: YamlPath): number => {
  const targets = decorated.decorators.filter(({ name }) => name === "materialize");
  const [key, index, ...rest] = path;
  const target = key === "materializations" && typeof index === "number" ? targets[index] : undefined;
  const [source, inside] = target === undefined ? [call, path] : [target, rest];
  for (let length = inside.length; length > 0; length--) {
    const offset = source.offsets.get(inside.slice(0, length).join("\0"));
    if (offset !== undefined) return offset;
  }
  return source.offset;
};
