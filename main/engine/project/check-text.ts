import { HeadraceError } from "../../../shared/errors/index.ts";
import { readPythonFile } from "./python/read-python-file.ts";
import { projectError } from "./problems.ts";
import { ProjectFiles } from "./project-files.ts";
import type { Problem, Project } from "./project.ts";
import { readSettings } from "./read-settings.ts";
import { readYamlFile } from "./read-yaml-file.ts";

/** What is wrong with one pipeline file by itself, were this its text. Writes nothing. */
export const checkText = async (project: Project, file: string, text: string): Promise<readonly Problem[]> => {
  const files = new ProjectFiles(project.root);
  const { defaults } = readSettings(files);
  const context = {
    files,
    defaults,
    sourceDefaults: {},
    python: project.settings.python,
    importPython: undefined,
  };
  try {
    const read = /\.py$/i.test(file) ? readPythonFile : readYamlFile;
    const { problems } = await read(context, file, text);
    return problems;
  } catch (error) {
    if (!(error instanceof HeadraceError)) throw error;
    const { code, params, next, location } = error;
    return [projectError(code, { location: location ?? { file, line: 1, column: 1 }, params, next })];
  }
};
