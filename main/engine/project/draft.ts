// What one file says about its nodes, before the rest of the project is looked at. Plain data: it is cached.

import type { SourceLocation } from "../../../shared/errors/index.ts";
import type { NodeId, PythonBody } from "../../../shared/graph/index.ts";
import type { TextPlace } from "../../../shared/graph/sql-position.ts";
import type { Unified } from "../../../shared/graph/kinds/spellings.ts";
import type { YamlPath } from "../../../shared/yaml/index.ts";
import type { Problem, Project } from "./project.ts";

/** Another node's name as written, and where: a path in the node's document, or a place in Python code. */
export interface NamedInput {
  readonly ref: string;
  readonly path: YamlPath;
  readonly location: SourceLocation | null;
}

/** SQL as written, fragments not yet expanded. */
export interface SqlSource {
  readonly text: string;
  readonly location: SourceLocation;
  readonly places: readonly TextPlace[] | null;
}

export interface NodeDraft {
  readonly id: NodeId;
  readonly kind: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly named: readonly NamedInput[];
  readonly sql: SqlSource | null;
  readonly python: PythonBody | null;
  readonly location: SourceLocation;
  readonly files: readonly string[];
  /** Which document of its file: positions are looked up there when an error needs one. */
  readonly document: number;
  /** Keys that the file spells in another way than the config. */
  readonly renamed: Unified["renamed"];
}

export type Broken = Project["broken"][number];

/** What one pipeline file came to. */
export interface FileContent {
  readonly drafts: readonly NodeDraft[];
  readonly broken: readonly Broken[];
  readonly problems: readonly Problem[];
  /** Other files that were read for it; a change of one reads this file again. */
  readonly reads: readonly string[];
  /** Folders in which a new or vanished file could change it. */
  readonly folders: readonly string[];
  /** Read again every time: what went wrong may be over. */
  readonly isTransient: boolean;
}

export const emptyContent: FileContent = {
  drafts: [],
  broken: [],
  problems: [],
  reads: [],
  folders: [],
  isTransient: false,
};

export const joinContents = (contents: readonly FileContent[]): FileContent => ({
  drafts: contents.flatMap(({ drafts }) => drafts),
  broken: contents.flatMap(({ broken }) => broken),
  problems: contents.flatMap(({ problems }) => problems),
  reads: [...new Set(contents.flatMap(({ reads }) => reads))].toSorted(),
  folders: [...new Set(contents.flatMap(({ folders }) => folders))].toSorted(),
  isTransient: contents.some(({ isTransient }) => isTransient),
});
