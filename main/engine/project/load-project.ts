import { HeadraceError } from "../../../shared/errors/index.ts";
import type { Analyze } from "./analyze-sql.ts";
import { emptyContent, type FileContent } from "./draft.ts";
import type { Fragments } from "./fragments.ts";
import { listFiles, type ListedFiles } from "./list-files.ts";
import { Positions } from "./positions.ts";
import { projectError } from "./problems.ts";
import type { PostgresConnection, Problem, Project } from "./project.ts";
import { openProfile } from "./profile.ts";
import type { ImportPython, ReadContext } from "./read-context.ts";
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
  /** Reads decorators whose arguments are computed; without it they are errors. */
  readonly importPython?: ImportPython | undefined;
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
  const { dependencies } = settings.python;
  const contents = await readFiles({ root, defaults, dependencies, importPython: options.importPython }, files);
  const { resolveGraph } = await import("./resolve-graph.ts");
  const fragments = await readCommon(root, files);
  const graph = await resolveGraph(contents, {
    analyze: options.analyze,
    positions: new Positions(root),
    fragments: fragments.byName,
    parameters: new Set(["date", "start", "end", ...Object.keys(settings.vars)]),
  });
  const profile = await openProfile(options, settings);
  const problems = [
    ...settingsProblems,
    ...escaping(files),
    ...fragments.problems,
    ...contents.flatMap((content) => content.problems),
  ];
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

const readCommon = async (root: string, files: ListedFiles): Promise<Fragments> => {
  if (files.common.length === 0) return noFragments;
  const { readFragments } = await import("./fragments.ts");
  const problems: Problem[] = [];
  const texts = files.common.flatMap((path) => {
    try {
      return { path, text: readProjectText(root, path) };
    } catch (error) {
      if (!(error instanceof HeadraceError)) throw error;
      problems.push(projectError(error.code, { location: error.location ?? undefined, params: error.params }));
      return [];
    }
  });
  const fragments = readFragments(texts);
  return { ...fragments, problems: [...problems, ...fragments.problems] };
};

const noFragments: Fragments = { byName: new Map(), sourceDefaults: {}, problems: [] };

const readFiles = async (context: ReadContext, files: ListedFiles): Promise<readonly FileContent[]> => {
  const { readYamlFile } = await import("./read-yaml-file.ts");
  const contents: FileContent[] = [];
  for (const file of files.yaml) contents.push(await readOne(context, file, readYamlFile));
  if (files.python.length === 0) return contents;
  const { readPythonFile } = await import("./python/read-python-file.ts");
  for (const file of files.python) contents.push(await readOne(context, file, readPythonFile));
  return contents;
};

type ReadFile = (context: ReadContext, file: string, text: string) => Promise<FileContent>;

/** One file's content; whatever makes the whole file unreadable becomes its one broken entry. */
const readOne = async (context: ReadContext, file: string, read: ReadFile): Promise<FileContent> => {
  try {
    return await read(context, file, readProjectText(context.root, file));
  } catch (error) {
    if (!(error instanceof HeadraceError)) throw error;
    const { code, params, next, node } = error;
    const location = error.location ?? { file, line: 1, column: 1 };
    const problem = projectError(code, { node: node ?? undefined, location, params, next });
    return { ...emptyContent, broken: [{ file, id: null, problem }], problems: [problem] };
  }
};
