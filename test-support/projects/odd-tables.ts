import { afterAll, beforeAll } from "vitest";

import type { Tables } from "../../main/engine/preview/tables.ts";
import { type TableRef, type TableView, tableViewSchema } from "../../shared/table/index.ts";
import { temporaryProject, type TemporaryProject } from "../temporary-project.ts";

export const never: AbortSignal = new AbortController().signal;
export const viewOf = (view: Partial<TableView>): TableView => tableViewSchema.parse(view);
export const node = (id: string): TableRef => ({ type: "node", node: id });

/** A transform node of some SQL. */
export const transform = (name: string, sql: string): string =>
  `kind: transform\nname: ${name}\ntransform: |\n${sql.replaceAll(/^/gm, "  ")}\n`;

const files = {
  "pipelines/odd.yml": transform(
    "odd",
    `select * from (values
  (9007199254740993::bigint, 12345678901234567890123456789012345678::decimal(38,0), 1.10::decimal(18,2), 'a', true, 1.5::double, date '2024-02-29', 99999999999999999999999999999999999999::hugeint, [1, 2]),
  (-1, -1, -2.00, '', false, 'nan', '1970-01-01', 2, []),
  (2, 2, 1.00, '  ', null, 'inf', null, -3, null),
  (null, null, null, null, null, null, 'infinity', null, [null]),
  (7, 7, 10.00, 'it''s "A" %_', true, '-inf', '0044-03-15', 0, [3])
) as t(big, wide, "money €", "text", flag, x, "day ""of"" it", huge, list)`,
  ),
  "pipelines/numbered.yml": transform("numbered", "select range as file_row_number, 10 - range as n from range(10)"),
  "pipelines/empty.yml": transform("empty", "select 1 as a where false"),
  "pipelines/many.yml": transform(
    "many",
    "select range as id, 'name ' || (hash(range) % 1000) as name, range % 7 as k from range(700000)",
  ),
  "pipelines/long.yml": transform(
    "long",
    "select repeat('x', 1000000) as t, encode(repeat('ä', 5)) as b from range(3)",
  ),
};

/** Odd values, an empty table, a large one and long texts, run once for the tests of a file. */
export interface OddTables {
  readonly project: TemporaryProject;
  readonly tables: Tables;
  /** The first values of one column of a view. */
  column(table: TableRef, view: Partial<TableView>, name: string): Promise<readonly (string | null)[]>;
}

export const oddTables = (): OddTables => {
  let opened: { readonly project: TemporaryProject; readonly tables: Tables } | null = null;
  const present = (): { readonly project: TemporaryProject; readonly tables: Tables } => {
    if (opened === null) throw new Error("the tables are there for tests and their hooks only");
    return opened;
  };
  beforeAll(async () => {
    const project = await temporaryProject(files);
    const { results } = await project.run();
    const failed = Object.values(results).flatMap(({ error_message: message }) => message ?? []);
    if (failed.length > 0) throw new Error(failed.join("\n"));
    opened = { project, tables: (await project.engine()).tables };
  }, 60_000);
  afterAll(() => opened?.project[Symbol.asyncDispose]());
  return {
    get project() {
      return present().project;
    },
    get tables() {
      return present().tables;
    },
    async column(table, view, name) {
      const wanted = { offset: 0, limit: 100, columns: null, longest: null };
      const { rows, columns } = await present().tables.rows(table, viewOf(view), wanted, never);
      const at = columns.findIndex((found) => found.name === name);
      return rows.map((row) => row[at] ?? null);
    },
  };
};
