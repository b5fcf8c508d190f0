import { HeadraceError } from "../../../shared/errors/index.ts";
import type { NodeId } from "../../../shared/graph/index.ts";
import type { SqlAnalysis } from "../duckdb/sql-host.ts";
import { engineVersion } from "../plan/engine-version.ts";
import type { Analyze } from "./analyze-sql.ts";
import { emptyContent, type FileContent } from "./draft.ts";
import { projectFileOf } from "./find-root.ts";
import type { Fragments } from "./fragments.ts";
import { type ListedFiles, listFiles } from "./list-files.ts";
import {
  type LoadedFrom,
  type Manifest,
  manifestKey,
  manifestVersion,
  readManifest,
  writeManifest,
} from "./manifest.ts";
import {
  connectionNames,
  ownServerName,
  connectionResolver,
  isCurrent,
  type ProfileSummary,
  summarizeProfile,
} from "./profile/open-profile.ts";
import { projectError } from "./problems.ts";
import { modulesState, ProjectFiles } from "./project-files.ts";
import type { PostgresConnection, Problem, Project } from "./project.ts";
import type { ImportPython, ReadContext } from "./read-context.ts";
import { knownAnalyses, restoreContent, storeContent } from "./stored-content.ts";

export interface LoadOptions {
  /** Absolute project folder. */
  readonly root: string;
  /** `--profile`: a name, or a path of a profiles file. */
  readonly profile?: string | null | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's data folder. */
  readonly dataDir: string;
  readonly analyze: Analyze;
  /** `false` leaves target/manifest.json as it is. */
  readonly keepsManifest?: boolean | undefined;
  /** Returned as it is when nothing changed since it was loaded. */
  readonly previous?: Project | undefined;
  /** Reads decorators whose arguments are computed; without it they are errors. */
  readonly importPython?: ImportPython | undefined;
  /** Starts (or finds) the project's own PostgreSQL server. */
  readonly embeddedPostgres?: (() => Promise<PostgresConnection>) | undefined;
  /** Answers `${secret:name}`; `null` when there is no such secret. */
  readonly secret?: ((name: string) => Promise<string | null>) | undefined;
}

/** What each project of this process was made from, so that looking again costs no more than looking. */
const manifests = new WeakMap<Project, Manifest>();

/** The project as its files are now. Throws only when there is no project; what a file says is in `problems`. */
export const loadProject = async (options: LoadOptions): Promise<Project> => {
  const { root, previous } = options;
  const key = manifestKey(options.dataDir);
  const files = new ProjectFiles(root);
  const listed = listFiles(root);
  const former = (previous && manifests.get(previous)) ?? readManifest(root, key, engineVersion);
  const changes = former === null ? null : changesSince(former, { options, files, listed, key });
  if (former !== null && changes !== null && changes.size === 0) return reuse(former, options);
  const manifest = await load({ options, files, listed, key, former: changes === null ? null : former, changes });
  if (options.keepsManifest !== false) await writeManifest(root, manifest, key);
  return toProject(manifest, options);
};

interface Loading {
  readonly options: LoadOptions;
  readonly files: ProjectFiles;
  readonly listed: ListedFiles;
  readonly key: Buffer;
}

const reuse = (manifest: Manifest, options: LoadOptions): Project => {
  const { previous } = options;
  return previous !== undefined && manifests.get(previous) === manifest ? previous : toProject(manifest, options);
};

const toProject = (manifest: Manifest, options: LoadOptions): Project => {
  const { profile } = manifest.loaded;
  const project: Project = {
    root: options.root,
    settings: manifest.project,
    nodes: new Map(Object.entries(manifest.nodes)),
    broken: manifest.broken,
    problems: manifest.problems,
    connections: connectionNames(profile),
    ownServer: ownServerName(profile),
    connection: connectionResolver(options, manifest.project.profile, profile),
  };
  manifests.set(project, manifest);
  return project;
};

const listingText = (listed: ListedFiles): string =>
  [...listed.yaml, ...listed.python, ...listed.common, ...listed.escaping.map((path) => `${path} →`)].join("\n");

/**
 * The pipeline files to read again, or `null` when all of them must be: what every node depends on changed.
 * Only looks at files; nothing is parsed.
 */
const changesSince = ({ loaded, project }: Manifest, loading: Loading): ReadonlySet<string> | null => {
  const { options, files, listed, key } = loading;
  if (loaded.imports !== (options.importPython !== undefined)) return null;
  if (loaded.settingsFile !== projectFileOf(options.root)) return null;
  if (!isCurrent(loaded.profile, options, project.profile, key)) return null;
  if (loaded.common.join("\n") !== listed.common.join("\n")) return null;
  const isSame = (path: string): boolean => {
    const record = loaded.files[path];
    return record !== undefined && files.isUnchanged(path, record);
  };
  if (![loaded.settingsFile, ...loaded.common].every(isSame)) return null;
  const isSameFolder = (folder: string): boolean => loaded.folders[folder] === modulesState(options.root, folder);
  const changed = new Set<string>();
  for (const path of [...listed.yaml, ...listed.python]) {
    const content = loaded.contents[path];
    const isKept =
      content !== undefined &&
      !content.isTransient &&
      isSame(path) &&
      content.reads.every(isSame) &&
      content.folders.every(isSameFolder);
    if (!isKept) changed.add(path);
  }
  // Files that went away, and links that now lead elsewhere.
  if (loaded.listing !== listingText(listed)) changed.add("");
  return changed;
};

const load = async (
  loading: Loading & { readonly former: Manifest | null; readonly changes: ReadonlySet<string> | null },
): Promise<Manifest> => {
  const { options, files, listed, former, changes } = loading;
  const { root } = options;
  const { readSettings } = await import("./read-settings.ts");
  const { settings, defaults, problems: settingsProblems, file: settingsFile } = readSettings(files);
  const profile = await currentProfile(loading, settings.profile);
  const fragments = await readCommon(files, listed);
  const sourceDefaults = joinDefaults(fragments.sourceDefaults, profile.sourceDefaults);
  const context: ReadContext = {
    files,
    defaults,
    sourceDefaults,
    python: settings.python,
    importPython: options.importPython,
  };
  const contents = await readContents(context, listed, former, changes);
  const { resolveGraph } = await import("./resolve-graph.ts");
  const references = new Map<NodeId, SqlAnalysis["references"]>();
  const graph = await resolveGraph([...contents.values()], {
    files,
    analyze: remembering(options.analyze, former),
    fragments: fragments.byName,
    parameters: new Set(["date", "start", "end", ...Object.keys(settings.vars)]),
    profile,
    onReferences: (id, found) => references.set(id, found),
  });
  const own = [...contents.values()].flatMap((content) => content.problems);
  const problems = [...settingsProblems, ...profile.problems, ...escaping(listed), ...fragments.problems, ...own];
  const stored = Object.fromEntries(
    [...contents].map(([path, content]) => [path, storeContent(content, graph.nodes, references)]),
  );
  const reads = new Set([
    settingsFile,
    ...listed.common,
    ...contents.keys(),
    ...Object.values(stored).flatMap((content) => content.reads),
  ]);
  const folders = new Set(Object.values(stored).flatMap((content) => content.folders));
  const loaded: LoadedFrom = {
    imports: options.importPython !== undefined,
    settingsFile,
    settingsProblems,
    listing: listingText(listed),
    common: listed.common,
    files: Object.fromEntries([...reads].toSorted().map((path) => [path, files.record(path)])),
    folders: Object.fromEntries([...folders].toSorted().map((folder) => [folder, modulesState(root, folder)])),
    profile,
    contents: stored,
  };
  return {
    manifest_version: manifestVersion,
    generator: { name: "headrace", version: engineVersion },
    project: settings,
    nodes: Object.fromEntries(graph.nodes),
    problems: [...problems, ...graph.problems],
    broken: graph.broken,
    loaded,
  };
};

const currentProfile = async (
  { options, key, former }: Loading & { former: Manifest | null },
  fromProject: string | null,
): Promise<ProfileSummary> => former?.loaded.profile ?? summarizeProfile(options, fromProject, key);

/** Asks DuckDB only about texts that it has not read yet. */
const remembering =
  (analyze: Analyze, former: Manifest | null): Analyze =>
  async (texts) => {
    const known = former === null ? new Map<string, SqlAnalysis>() : new Map(knownAnalyses(former));
    const unread = texts.filter((text) => !known.has(text));
    const fresh = unread.length === 0 ? [] : await analyze(unread);
    fresh.forEach((analysis, index) => known.set(unread[index] ?? "", analysis));
    return texts.flatMap((text) => known.get(text) ?? []);
  };

type Defaults = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A profile's defaults win over those of the common folder. */
const joinDefaults = (common: Defaults, profile: Defaults): Defaults => {
  const joined: Record<string, Record<string, unknown>> = {};
  for (const [type, params] of [...Object.entries(common), ...Object.entries(profile)]) {
    const name = type === "postgres" ? "postgresql" : type;
    joined[name] = { ...joined[name], ...params };
  }
  return joined;
};

const escaping = ({ escaping: paths }: ListedFiles): readonly Problem[] =>
  paths.map((file) =>
    projectError("file_outside_project", { location: { file, line: 1, column: 1 }, params: { file } }),
  );

const noFragments: Fragments = { byName: new Map(), sourceDefaults: {}, problems: [] };

const readCommon = async (files: ProjectFiles, { common }: ListedFiles): Promise<Fragments> => {
  if (common.length === 0) return noFragments;
  const { readFragments } = await import("./fragments.ts");
  const problems: Problem[] = [];
  const texts = common.flatMap((path) => {
    try {
      return { path, text: files.text(path) };
    } catch (error) {
      if (!(error instanceof HeadraceError)) throw error;
      problems.push(projectError(error.code, { location: error.location ?? undefined, params: error.params }));
      return [];
    }
  });
  const fragments = readFragments(texts);
  return { ...fragments, problems: [...problems, ...fragments.problems] };
};

/** Every pipeline file's content, unchanged ones from the former manifest. */
const readContents = async (
  context: ReadContext,
  listed: ListedFiles,
  former: Manifest | null,
  changes: ReadonlySet<string> | null,
): Promise<ReadonlyMap<string, FileContent>> => {
  const contents = new Map<string, FileContent>();
  for (const path of [...listed.yaml, ...listed.python]) {
    const stored = former !== null && changes?.has(path) === false ? former.loaded.contents[path] : undefined;
    const content =
      stored === undefined || former === null ? await readOne(context, path) : restoreContent(stored, former);
    contents.set(path, content);
  }
  return contents;
};

/** One file's content; whatever makes the whole file unreadable becomes its one broken entry. */
const readOne = async (context: ReadContext, file: string): Promise<FileContent> => {
  try {
    const text = context.files.text(file);
    if (!file.toLowerCase().endsWith(".py"))
      return await (await import("./read-yaml-file.ts")).readYamlFile(context, file, text);
    return await (await import("./python/read-python-file.ts")).readPythonFile(context, file, text);
  } catch (error) {
    if (!(error instanceof HeadraceError)) throw error;
    const { code, params, next, node } = error;
    const location = error.location ?? { file, line: 1, column: 1 };
    const problem = projectError(code, { node: node ?? undefined, location, params, next });
    return { ...emptyContent, broken: [{ file, id: null, problem }], problems: [problem] };
  }
};
