// What can be added to a pipeline: one entry each. The palette lists them, quick add ranks them.

import { emptyTransform, selectAll } from "../../../shared/graph/connections.ts";
import { text } from "../../text/text.ts";
import type { IconName } from "../../ui/icon.tsx";
import {
  deduplicateSql,
  filterSql,
  groupSql,
  joinSql,
  limitSql,
  selectColumnsSql,
  sortSql,
  unionSql,
  isNumber,
  isTime,
  likelyKey,
  type Upstream,
} from "../../../shared/presets/index.ts";

const words = text.templates;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A node that is about to be added: its keys beside kind, name and inputs, and a file of its own code. */
export interface Draft {
  readonly config: { readonly [key: string]: Json };
  readonly code?: { readonly file: string; readonly text: string } | undefined;
  /** Names its inputs itself, or does without a list. */
  readonly hasOwnInputs?: boolean | undefined;
}

export interface Template {
  readonly id: string;
  readonly kind: string;
  /** `source`, `sql`, `code`, `features`, `check`, `target`. */
  readonly group: keyof typeof text.templateGroups;
  readonly label: string;
  readonly help: string;
  readonly icon: IconName;
  /** Further words to be found by. */
  readonly search: string;
  /** How a new node of it is called, before a number makes it its own. */
  readonly stem: string;
  /** Tables it reads: `many` takes as many as are selected. */
  readonly reads: 0 | 1 | 2 | "many";
  readonly make: (name: string, tables: readonly Upstream[]) => Draft;
}

type Wording = keyof typeof words;

const template = (
  id: Wording,
  kind: IconName,
  group: Template["group"],
  rest: Pick<Template, "reads" | "make"> & { readonly icon?: IconName; readonly stem?: string },
): Template => ({
  id,
  kind,
  group,
  icon: rest.icon ?? kind,
  stem: rest.stem ?? id.replaceAll("-", "_"),
  ...words[id],
  ...rest,
});

const fileSource = (id: Wording, format: string, ending: string): Template =>
  template(id, "source", "source", {
    reads: 0,
    stem: format,
    make: (name) => ({ config: { source: format, table: `data/${name}.${ending}` } }),
  });

const sql = (id: Wording, make: (table: Upstream) => string, stem?: string): Template =>
  template(id, "transform", "sql", {
    reads: 1,
    ...(stem === undefined ? {} : { stem }),
    make: (_name, [table]) => ({ config: { transform: table === undefined ? emptyTransform : make(table) } }),
  });

const python = (name: string, tables: readonly Upstream[]): Draft => {
  const reads = tables.map(({ id }) => `    ${id.split(".")[1]} = ctx.ref("${id}")\n`).join("");
  const first = tables[0]?.id.split(".")[1];
  const result = first ?? 'ctx.duckdb.sql("select 1 as id")';
  return {
    config: { file: `pipelines/${name}.py`, function: name },
    code: { file: `pipelines/${name}.py`, text: `def ${name}(ctx):\n${reads}    return ${result}\n` },
  };
};

const keyOf = (tables: readonly Upstream[]): string =>
  tables[0] === undefined ? "id" : (likelyKey(tables[0]) ?? "id");
const timeOf = (tables: readonly Upstream[]): string | null => tables[0]?.columns.find(isTime)?.name ?? null;
const numbersOf = (tables: readonly Upstream[], except: string): readonly string[] =>
  (tables[0]?.columns ?? []).filter((column) => isNumber(column) && column.name !== except).map(({ name }) => name);

const aggregations = (tables: readonly Upstream[], key: string): Json => [
  { function: "count" },
  ...numbersOf(tables, key)
    .slice(0, 1)
    .map((column) => ({ column, function: "sum" })),
];

/** Everything that quick add and the palette offer, in the palette's order. */
export const templates: readonly Template[] = [
  fileSource("csv", "csv", "csv"),
  fileSource("parquet", "parquet", "parquet"),
  fileSource("json", "json", "json"),
  template("postgresql", "source", "source", {
    reads: 0,
    stem: "table",
    make: () => ({ config: { source: "postgresql", table: "public.table_name" } }),
  }),
  template("sqlite", "source", "source", {
    reads: 0,
    stem: "table",
    make: () => ({ config: { source: "sqlite", table: "table_name", params: { path: "data/database.sqlite" } } }),
  }),
  sql("filter", filterSql, "filtered"),
  template("join", "transform", "sql", {
    reads: 2,
    stem: "joined",
    make: (_name, [left, right]) => ({
      config: {
        transform:
          left === undefined ? emptyTransform : right === undefined ? selectAll(left.id) : joinSql(left, right),
      },
    }),
  }),
  sql("group", groupSql, "grouped"),
  sql("sort", sortSql, "sorted"),
  sql("deduplicate", deduplicateSql, "unique_rows"),
  sql("select-columns", selectColumnsSql, "selected"),
  sql("limit", limitSql, "first_rows"),
  template("union", "transform", "sql", {
    reads: "many",
    stem: "united",
    make: (_name, tables) => ({ config: { transform: tables.length === 0 ? emptyTransform : unionSql(tables) } }),
  }),
  sql("sql", ({ id }) => selectAll(id), "query"),
  template("python", "transform", "code", { reads: "many", icon: "code", stem: "python", make: python }),
  template("aggregation", "aggregation", "features", {
    reads: 1,
    make(_name, tables) {
      const key = keyOf(tables);
      return { config: { id_col: key, mode: "none", aggregations: aggregations(tables, key) } };
    },
  }),
  template("second_order_aggregation", "second_order_aggregation", "features", {
    reads: 1,
    make(_name, tables) {
      const key = keyOf(tables);
      return { config: { id_col: key, mode: "none", aggregations: aggregations(tables, key) } };
    },
  }),
  template("feature_group", "feature_group", "features", {
    reads: 1,
    make(_name, tables) {
      const key = keyOf(tables);
      const time = timeOf(tables);
      const features = numbersOf(tables, key).map((name) => ({ name }));
      return {
        config: {
          entity: { name: key.replace(/_id$/i, "").toLowerCase() || "entity", join_keys: [key] },
          ...(time === null ? {} : { event_time: time }),
          ...(features.length === 0 ? {} : { features }),
        },
      };
    },
  }),
  template("model", "model", "features", {
    reads: 1,
    make: (_name, tables) => ({
      config: { algorithm: "random_forest", target: numbersOf(tables, keyOf(tables)).at(-1) ?? "target" },
    }),
  }),
  template("predict", "predict", "features", {
    reads: 1,
    stem: "predictions",
    make: () => ({ config: { model: "model" } }),
  }),
  template("rule", "rule", "check", {
    reads: 1,
    stem: "checked",
    make: (_name, tables) => ({ config: { rules: [{ not_null: [keyOf(tables)] }] } }),
  }),
  template("exposure", "exposure", "target", {
    reads: 1,
    stem: "export",
    make: (name) => ({ config: { type: "file", url: `exports/${name}.csv`, format: "csv" } }),
  }),
];

export const findTemplate = (id: string): Template | null => templates.find((one) => one.id === id) ?? null;
