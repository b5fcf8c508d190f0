import type { NodeId } from "../../../shared/graph/index.ts";
import type { SqlAnalysis } from "../duckdb/sql-host.ts";
import { engineVersion } from "../plan/engine-version.ts";
import type { Analyze } from "./analyze-sql.ts";
import type { ListedFiles } from "./list-files.ts";
import type { LoadOptions } from "./load-options.ts";
import { type LoadedFrom, type Manifest, manifestVersion } from "./manifest.ts";
import { type ProfileSummary, summarizeProfile } from "./profile/open-profile.ts";
import { projectError } from "./problems.ts";
import { modulesState, type ProjectFiles } from "./project-files.ts";
import type { Problem } from "./project.ts";
import { readCommon, readContents } from "./read-contents.ts";
import type { ReadContext } from "./read-context.ts";
import { knownAnalyses, storeContent } from "./stored-content.ts";

/** A project as it is being looked at. */
export interface Loading {
  readonly options: LoadOptions;
  readonly files: ProjectFiles;
  readonly listed: ListedFiles;
  readonly key: Buffer;
}

/** Which files there are, as one text: another one when a file came or went. */
export const listingText = (listed: ListedFiles): string =>
  [...listed.yaml, ...listed.python, ...listed.common, ...listed.escaping.map((path) => `${path} →`)].join("\n");

/** Reads what changed since the former manifest, resolves the whole graph, and tells what it was made from. */
export const buildManifest = async (
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
