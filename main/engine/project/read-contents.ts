import { HeadraceError } from "../../../shared/errors/index.ts";
import { emptyContent, type FileContent } from "./draft.ts";
import type { Fragments } from "./fragments.ts";
import type { ListedFiles } from "./list-files.ts";
import type { Manifest } from "./manifest.ts";
import { projectError } from "./problems.ts";
import type { ProjectFiles } from "./project-files.ts";
import type { Problem } from "./project.ts";
import type { ReadContext } from "./read-context.ts";
import { restoreContent } from "./stored-content.ts";

const noFragments: Fragments = { byName: new Map(), sourceDefaults: {}, problems: [] };

/** What the common folder has for every pipeline file. */
export const readCommon = async (files: ProjectFiles, { common }: ListedFiles): Promise<Fragments> => {
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
export const readContents = async (
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
