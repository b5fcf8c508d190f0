import { engineVersion } from "../plan/engine-version.ts";
import { buildManifest, listingText, type Loading } from "./build-manifest.ts";
import { projectFileOf } from "./find-root.ts";
import { listFiles } from "./list-files.ts";
import type { LoadOptions } from "./load-options.ts";
import { type Manifest, manifestKey, readManifest, writeManifest } from "./manifest.ts";
import { connectionNames, connectionResolver, isCurrent, ownServerName } from "./profile/open-profile.ts";
import { modulesState, ProjectFiles } from "./project-files.ts";
import type { Project } from "./project.ts";

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
  const manifest = await buildManifest({
    options,
    files,
    listed,
    key,
    former: changes === null ? null : former,
    changes,
  });
  if (options.keepsManifest !== false) await writeManifest(root, manifest, key);
  return toProject(manifest, options);
};

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
