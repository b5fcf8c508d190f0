import type { PythonBody } from "../../../shared/graph/index.ts";
import type { ProjectFiles } from "./project-files.ts";
import type { PythonSettings } from "./project.ts";

/** A decorated function as importing its file describes it. */
export interface ImportedFunction {
  readonly function: string;
  readonly kind: string;
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly materializations: readonly Readonly<Record<string, unknown>>[];
}

/** Imports a Python file in its own environment, made as the project says; `body.function` is not used. */
export type ImportPython = (body: PythonBody, settings: PythonSettings) => Promise<readonly ImportedFunction[]>;

/** What reading a node needs from the rest of the project. */
export interface ReadContext {
  readonly files: ProjectFiles;
  /** `defaults` of the project file, by kind. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What sources take where their own file is silent, by type. */
  readonly sourceDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly python: PythonSettings;
  readonly importPython: ImportPython | undefined;
}
