import { DuckDBInstance } from "@duckdb/node-api";

import type { SqlAnalysis } from "../main/engine/duckdb/sql-host.ts";
import { analyzeStatement } from "../main/engine/duckdb/sql/analyze.ts";
import { loadProject, type LoadOptions, type Project } from "../main/engine/project/index.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

let opened: Promise<DuckDBInstance> | null = null;

/** What a SQL host would answer, from DuckDB's real parser in this process. */
export const analyzeHere = async (texts: readonly string[]): Promise<readonly SqlAnalysis[]> => {
  opened ??= DuckDBInstance.create(":memory:");
  const connection = await (await opened).connect();
  try {
    const analyses: SqlAnalysis[] = [];
    for (const text of texts) {
      const reader = await connection.runAndReadAll("select json_serialize_sql($1::varchar)", [text]);
      analyses.push(analyzeStatement(text, String(reader.getRows()[0]?.[0])));
    }
    return analyses;
  } finally {
    connection.closeSync();
  }
};

/** A project's folder that loads without hosts: nothing is run. */
export interface LoadedFolder extends TemporaryFolder {
  /** Loads as another process would, unless `previous` is given. */
  load(options?: Partial<LoadOptions>): Promise<Project>;
}

/** Writes the files (with a `headrace.yml` when no project file is given) into a folder of its own. */
export async function projectFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<LoadedFolder> {
  const isGiven = Object.keys(files).some((name) => /^(headrace|seeknal_project)\.ya?ml$/.test(name));
  const folder = await temporaryFolder(isGiven ? files : { "headrace.yml": "name: test\n", ...files });
  return {
    ...folder,
    load: (options = {}) =>
      loadProject({
        root: folder.root,
        environment: {},
        dataDir: folder.path(".data"),
        analyze: analyzeHere,
        ...options,
      }),
  };
}
