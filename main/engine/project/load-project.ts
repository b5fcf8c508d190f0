import { HeadraceError, toHeadraceError } from "../../../shared/errors/index.ts";
import type { Analyze } from "./analyze-sql.ts";
import type { FileContent } from "./draft.ts";
import { listFiles, type ListedFiles } from "./list-files.ts";
import { Positions } from "./positions.ts";
import { projectError } from "./problems.ts";
import type { PostgresConnection, Problem, Project } from "./project.ts";
import { openProfile } from "./profile.ts";
import { readProjectText } from "./read-text.ts";

export interface LoadOptions {
  /** Absolute project folder. */
  readonly root: string;
  /** `--profile`: a name, or a path of a profiles file. */
  readonly profile?: string | null | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's data folder. */
  readonly dataDir: string;
  readonly analyze: Analyze;
  readonly previous?: Project | undefined;
  /** Starts (or finds) the project's own PostgreSQL server. */
  readonly embeddedPostgres?: (() => Promise<PostgresConnection>) | undefined;
  /** Answers `${secret:name}`; `null` when there is no such secret. */
  readonly secret?: ((name: string) => Promise<string | null>) | undefined;
}

/** The project as its files are now. Throws only when there is no project; what a file says is in `problems`. */
export const loadProject = async (options: LoadOptions): Promise<Project> => {
  const { root } = options;
  const files = listFiles(root);
  const { readSettings } = await import("./read-settings.ts");
  const { settings, defaults, problems: settingsProblems } = readSettings(root);
  const contents = await readFiles(root, files, defaults);
  const { resolveGraph } = await import("./resolve-graph.ts");
  const graph = await resolveGraph(contents, { analyze: options.analyze, positions: new Positions(root) });
  const profile = await openProfile(options, settings);
  const problems = [...settingsProblems, ...escaping(files), ...contents.flatMap((content) => content.problems)];
  return {
    root,
    settings,
    nodes: graph.nodes,
    broken: graph.broken,
    problems: [...problems, ...graph.problems, ...profile.problems],
    connections: profile.connections,
    connection: profile.connection,
  };
};

const escaping = ({ escaping: paths }: ListedFiles): readonly Problem[] =>
  paths.map((file) =>
    projectError("file_outside_project", { location: { file, line: 1, column: 1 }, params: { file } }),
  );

const readFiles = async (
  root: string,
  files: ListedFiles,
  defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<readonly FileContent[]> => {
  const { readYamlFile } = await import("./read-yaml-file.ts");
  return files.yaml.map((file) => {
    try {
      return readYamlFile({ root, defaults }, file, readProjectText(root, file));
    } catch (error) {
      if (!(error instanceof HeadraceError)) throw error;
      return unreadable(file, error);
    }
  });
};

const unreadable = (file: string, error: HeadraceError): FileContent => {
  const { code, params, next } = toHeadraceError(error);
  const problem = projectError(code, { location: error.location ?? { file, line: 1, column: 1 }, params, next });
  return { drafts: [], broken: [{ file, id: null, problem }], problems: [problem], reads: [] };
};
