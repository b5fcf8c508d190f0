import { HeadraceError, ProjectError, type SourceLocation } from "../../../../shared/errors/index.ts";
import type { PythonBody } from "../../../../shared/graph/index.ts";
import { hashText } from "../../files/hash.ts";
import type { NamedInput } from "../draft.ts";
import type { ProjectFiles } from "../project-files.ts";
import type { ReadContext } from "../read-context.ts";
import type { DecoratedFunction } from "./decorated.ts";
import { type LocalModules, localModules } from "./imports.ts";
import { readScriptBlock, ScriptBlockError } from "./script-block.ts";
import type { PythonSyntax } from "./syntax.ts";

/** A file as far as it can be read without running it. */
export interface PythonFile {
  readonly file: string;
  readonly syntax: PythonSyntax;
  readonly modules: LocalModules;
  readonly dependencies: readonly string[];
  readonly requiresPython: string | null;
  readonly hash: string;
}

/** Throws `python_syntax`, `python_script_block`. */
export const openFile = (context: ReadContext, file: string, syntax: PythonSyntax): PythonFile => {
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

export const locationIn = (file: PythonFile, offset: number): SourceLocation => ({
  file: file.file,
  ...file.syntax.lines.position(offset),
});

/** A function of the file as a node runs it. */
export const bodyOf = (file: PythonFile, name: string, offset: number): PythonBody => ({
  language: "python",
  file: file.file,
  function: name,
  dependencies: file.dependencies,
  requiresPython: file.requiresPython,
  sources: file.modules.sources,
  hash: file.hash,
  location: locationIn(file, offset),
});

/** What a function's code names of other nodes. */
export const referencesIn = (file: PythonFile, { references }: DecoratedFunction): readonly NamedInput[] =>
  references.map(({ ref, offset }) => ({ ref, path: [], location: locationIn(file, offset) }));
