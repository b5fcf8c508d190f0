// What a node runs: SQL in its document, a .sql file, or a function of a Python file.

import { posix } from "node:path";

import { HeadraceError, type SourceLocation } from "../../../shared/errors/index.ts";
import type { PythonBody, TextPlace } from "../../../shared/graph/index.ts";
import { kinds, type KindName } from "../../../shared/graph/kinds/index.ts";
import type { Kind } from "../../../shared/graph/kinds/kind.ts";
import { LineIndex, type ScalarPlace, type YamlPath } from "../../../shared/yaml/index.ts";
import type { NamedInput, SqlSource } from "./draft.ts";
import { projectError } from "./problems.ts";
import type { Problem } from "./project.ts";
import type { ReadContext } from "./read-context.ts";

export interface BodyRequest {
  readonly context: ReadContext;
  readonly file: string;
  readonly id: string;
  readonly kind: KindName;
  readonly config: Readonly<Record<string, unknown>>;
  locate(path: YamlPath, what: "key" | "value"): SourceLocation;
  scalar(path: YamlPath): ScalarPlace | null;
}

export interface Body {
  readonly sql: SqlSource | null;
  readonly python: PythonBody | null;
  /** Nodes that Python code names. */
  readonly references: readonly NamedInput[];
  /** Files that were read besides the node's own. */
  readonly files: readonly string[];
  /** Folders in which a new file could change the body. */
  readonly folders: readonly string[];
  readonly problems: readonly Problem[];
}

export const noBody: Body = { sql: null, python: null, references: [], files: [], folders: [], problems: [] };

/** The body of a node, or why it has none. */
export const readBody = async (request: BodyRequest): Promise<Body> => {
  const { config, id } = request;
  const { sqlKey }: Kind = kinds[request.kind];
  const inline = sqlKey === undefined ? undefined : config[sqlKey];
  const file = config["file"];
  if (typeof inline === "string" && typeof file === "string") {
    const params = { node: id, key: sqlKey ?? "transform" };
    return failed(projectError("body_twice", { node: id, location: request.locate(["file"], "key"), params }));
  }
  if (typeof inline === "string") return { ...noBody, sql: inlineSql(request, sqlKey ?? "", inline) };
  if (typeof file === "string") return readFileBody(request, file);
  const isNeeded = request.kind === "transform" && config["point_in_time"] === undefined;
  if (!isNeeded) return noBody;
  return failed(
    projectError("body_missing", { node: id, location: request.locate([], "value"), params: { node: id } }),
  );
};

const failed = (problem: Problem): Body => ({ ...noBody, problems: [problem] });

const inlineSql = (request: BodyRequest, key: string, text: string): SqlSource => {
  const place = request.scalar([key]);
  if (place === null) return { text, location: request.locate([key], "value"), places: null };
  const lines = new LineIndex(place.text);
  const places = place.segments.map(({ offset, source }): TextPlace => ({ offset, ...lines.position(source) }));
  const [first] = places;
  const location = { file: request.file, line: first?.line ?? 1, column: first?.column ?? 1 };
  return { text, location, places: isPlain(text, places) ? null : places };
};

/** Whether each line begins at the first one's column, so that the places need not be kept. */
const isPlain = (text: string, places: readonly TextPlace[]): boolean => {
  const [first] = places;
  if (first === undefined || first.offset !== 0) return false;
  let line = 0;
  let start = 0;
  for (const place of places) {
    for (
      let newline = text.indexOf("\n", start);
      newline >= 0 && newline < place.offset;
      newline = text.indexOf("\n", start)
    ) {
      line++;
      start = newline + 1;
    }
    if (place.line !== first.line + line || place.column !== first.column + place.offset - start) return false;
  }
  return true;
};

const readFileBody = async (request: BodyRequest, named: string): Promise<Body> => {
  const location = request.locate(["file"], "value");
  const paths = candidates(request.file, named);
  if (paths.length === 0) {
    return failed(projectError("file_outside_project", { node: request.id, location, params: { file: named } }));
  }
  for (const path of paths) {
    try {
      const text = request.context.files.text(path);
      if (path.toLowerCase().endsWith(".sql")) return sqlFile(path, text);
      const { readFunctionBody } = await import("./python/read-function-body.ts");
      const { function: name } = request.config;
      const wanted = { id: request.id, kind: request.kind, function: typeof name === "string" ? name : null };
      return readFunctionBody(request.context, path, text, wanted, (what) => request.locate([what], "value"));
    } catch (error) {
      if (!(error instanceof HeadraceError)) throw error;
      if (error.code === "file_unreadable" && error.params["detail"] === "ENOENT") continue;
      const details = {
        node: request.id,
        location: error.location ?? location,
        params: error.params,
        next: error.next,
      };
      return { ...failed(projectError(error.code, details)), files: [path] };
    }
  }
  const params = { node: request.id, file: named };
  return { ...failed(projectError("file_missing", { node: request.id, location, params })), files: paths };
};

/** Relative to the node's own file first, then to the project; never outside of it. */
const candidates = (file: string, named: string): readonly string[] => {
  const written = named.replaceAll("\\", "/");
  const beside = posix.normalize(posix.join(posix.dirname(file), written));
  return [...new Set([beside, posix.normalize(written)])].filter((path) => !path.startsWith("../"));
};

const sqlFile = (path: string, text: string): Body => ({
  ...noBody,
  sql: { text, location: { file: path, line: 1, column: 1 }, places: null },
  files: [path],
});
