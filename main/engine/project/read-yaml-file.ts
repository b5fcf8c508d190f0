// One YAML file of the pipeline folder: its documents become drafts of nodes, or entries in `broken`.

import { parseYamlDocuments, type YamlDocument } from "../../../shared/yaml/index.ts";
import { describe } from "../../../shared/graph/kinds/config-findings.ts";
import { emptyContent, type FileContent, joinContents } from "./draft.ts";
import { projectError } from "./problems.ts";
import type { Problem } from "./project.ts";
import type { ReadContext } from "./read-context.ts";
import { readNode } from "./read-node.ts";

/** The nodes of one YAML file's text. */
export const readYamlFile = async (context: ReadContext, file: string, text: string): Promise<FileContent> => {
  const contents: FileContent[] = [];
  for (const [index, document] of parseYamlDocuments(text).entries()) {
    contents.push(await readDocument(context, file, document, index));
  }
  return joinContents(contents);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const readDocument = async (
  context: ReadContext,
  file: string,
  document: YamlDocument,
  index: number,
): Promise<FileContent> => {
  const { value: raw, problems, start } = document;
  if (problems.length > 0) {
    return broken(
      file,
      null,
      problems.map(({ code, detail, position }) =>
        projectError(code, { location: { file, ...position }, params: { detail } }),
      ),
    );
  }
  if (raw === null) return emptyContent;
  if (!isRecord(raw)) {
    const params = { found: describe(raw) };
    return broken(file, null, [projectError("node_not_mapping", { location: { file, ...start }, params })]);
  }
  const read = await readNode(context, {
    raw,
    file,
    document: index,
    at: (path, what) => ({ file, ...(path.length === 0 ? start : document.positionOf(path, what)) }),
    scalar: (path) => document.scalarAt(path),
    body: null,
    references: [],
  });
  if (read.draft === null) return { ...broken(file, read.id, read.problems), reads: read.reads, folders: read.folders };
  return { ...emptyContent, ...read, drafts: [read.draft] };
};

/** Problems in place of a node; the first error is the one that stands for it. */
export const broken = (file: string, id: string | null, problems: readonly Problem[]): FileContent => {
  const problem = problems.find(({ severity }) => severity === "error") ?? problems[0];
  return { ...emptyContent, broken: problem === undefined ? [] : [{ file, id, problem }], problems };
};
