// Python files: decorated functions become nodes, and a YAML node's `function:` finds its body.

import { HeadraceError, ProjectError, type SourceLocation } from "../../../../shared/errors/index.ts";
import { nearest, type PythonBody } from "../../../../shared/graph/index.ts";
import type { YamlPath } from "../../../../shared/yaml/index.ts";
import { hashText } from "../../files/hash.ts";
import { emptyContent, type FileContent, joinContents, type NamedInput } from "../draft.ts";
import { projectError } from "../problems.ts";
import type { Problem } from "../project.ts";
import { type Body, noBody } from "../read-body.ts";
import type { ImportedFunction, ReadContext } from "../read-context.ts";
import { readNode } from "../read-node.ts";
import type { ProjectFiles } from "../project-files.ts";
import { broken } from "../read-yaml-file.ts";
import { type DecoratedFunction, decoratedFunctions, type DecoratorCall, topLevelFunctions } from "./decorated.ts";
import { type LocalModules, localModules } from "./imports.ts";
import { readScriptBlock, ScriptBlockError } from "./script-block.ts";
import { parsePython, type PythonSyntax } from "./syntax.ts";

/** A file as far as it can be read without running it. */
interface PythonFile {
  readonly file: string;
  readonly syntax: PythonSyntax;
  readonly modules: LocalModules;
  readonly dependencies: readonly string[];
  readonly requiresPython: string | null;
  readonly hash: string;
}

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

/** Throws `python_syntax`, `python_script_block`. */
const openFile = (context: ReadContext, file: string, syntax: PythonSyntax): PythonFile => {
  if (syntax.error !== null) {
    const position = syntax.lines.position(syntax.error);
    const text = syntax.code.split("\n")[position.line - 1]?.trim() ?? "";
    const params = { place: `${file}:${position.line}`, text: text.slice(0, 120) };
    throw new ProjectError("python_syntax", { location: { file, ...position }, params });
  }
  const block = scriptBlock(file, syntax.code);
  const modules = localModules(context.files, file, syntax);
  return {
    file,
    syntax,
    modules,
    dependencies: [...new Set([...(block?.dependencies ?? []), ...context.python.dependencies])].toSorted(),
    requiresPython: block?.requiresPython ?? null,
    hash: hashSources(context.files, modules.sources),
  };
};

const scriptBlock = (file: string, code: string) => {
  try {
    return readScriptBlock(code);
  } catch (error) {
    if (!(error instanceof ScriptBlockError)) throw error;
    const location = { file, line: error.line, column: 1 };
    throw new ProjectError("python_script_block", { location, params: { file, detail: error.message } });
  }
};

const hashSources = (files: ProjectFiles, sources: readonly string[]): string =>
  hashText(
    JSON.stringify(
      sources.map((path) => {
        try {
          return [path, files.text(path)];
        } catch (error) {
          if (!(error instanceof HeadraceError)) throw error;
          return [path, null];
        }
      }),
    ),
  );

const locationIn = (file: PythonFile, offset: number): SourceLocation => ({
  file: file.file,
  ...file.syntax.lines.position(offset),
});

const bodyOf = (file: PythonFile, name: string, offset: number): PythonBody => ({
  language: "python",
  file: file.file,
  function: name,
  dependencies: file.dependencies,
  requiresPython: file.requiresPython,
  sources: file.modules.sources,
  hash: file.hash,
  location: locationIn(file, offset),
});

/** What importing the file told, or why it failed; `null` when it was not needed or cannot be done here. */
type Imported = readonly ImportedFunction[] | HeadraceError | null;

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

const computedCall = ({ decorators }: DecoratedFunction): DecoratorCall | null =>
  decorators.find(({ computed }) => computed !== null) ?? null;

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

const referencesIn = (file: PythonFile, { references }: DecoratedFunction): readonly NamedInput[] =>
  references.map(({ ref, offset }) => ({ ref, path: [], location: locationIn(file, offset) }));

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

/** Decorators where they cannot make a node. */
const misuse = (
  file: PythonFile,
  decorated: DecoratedFunction,
  kindCalls: readonly DecoratorCall[],
): Problem | null => {
  const [first, second] = kindCalls;
  const named = { function: decorated.function, file: file.file };
  const decorator = (first ?? decorated.decorators[0])?.name ?? "";
  if (decorated.inside !== null) {
    const location = locationIn(file, decorated.offset);
    return projectError("python_not_top_level", { location, params: { ...named, decorator, what: decorated.inside } });
  }
  if (first === undefined) {
    return projectError("python_without_kind", { location: locationIn(file, decorated.offset), params: named });
  }
  if (second !== undefined) {
    const params = { ...named, first: first.name, second: second.name };
    return projectError("python_two_kinds", { location: locationIn(file, second.offset), params });
  }
  for (const { name, wrong } of decorated.decorators) {
    if (wrong === null) continue;
    const params = { decorator: name, found: wrong.text };
    return projectError("python_argument", { location: locationIn(file, wrong.offset), params });
  }
  return null;
};

/** Why a computed argument stays unknown. */
const computedArgument = (file: PythonFile, decorated: DecoratedFunction, imported: Imported): Problem | null => {
  const call = computedCall(decorated);
  if (call === null || call.computed === null || Array.isArray(imported)) return null;
  const location = locationIn(file, call.computed.offset);
  if (imported instanceof HeadraceError) {
    const { code, params, next } = imported;
    return projectError(code, { location: imported.location ?? location, params, next });
  }
  const params = { decorator: call.name, argument: call.computed.text };
  return projectError("python_computed", { location, params });
};

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
