// Reading exposures of type `api`: what a server hands out, with nothing of HTTP in it.

import { tableToIPC, Table } from "apache-arrow";

import { HeadraceError, ProjectError } from "../../../shared/errors/index.ts";
import { type Column, isKind, suggestion } from "../../../shared/graph/index.ts";
import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import { quoted } from "../duckdb/sql/identifiers.ts";
import { stableHash } from "../files/index.ts";
import { textValue } from "../materializers/files.ts";
import type { Project } from "../project/project.ts";
import { readApiQuery, type ApiQuery } from "./api-query.ts";
import { arrowLayout, recordBatch } from "./arrow/record-batch.ts";

export type ApiFormat = "json" | "jsonl" | "csv" | "arrow";

export interface ApiDescription {
  readonly name: string;
  readonly description: string | null;
  readonly columns: readonly Column[] | null;
}

export interface ApiRequest {
  /** The exposure's name, without its kind. */
  readonly name: string;
  /** As in the address, without `?`. */
  readonly query: string;
  readonly format: ApiFormat;
  /** Tags of answers that the reader has. */
  readonly known: readonly string[];
}

export interface ApiAnswer {
  /** Equal while the answer would be: made of the table's own hash and the question. */
  readonly tag: string;
  /** `null` for a reader that has this answer already. */
  readonly body: string | Uint8Array | null;
  readonly rows: number;
  /** Whether there are rows behind these. */
  readonly more: boolean;
}

/** What a project's APIs give; nothing can be changed through them. */
export interface Apis {
  list(): Promise<readonly ApiDescription[]>;
  /** Throws `exposure_unknown`, `output_missing`, `exposure_query_invalid`. */
  read(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer>;
}

interface Parts {
  readonly project: () => Promise<Project>;
  /** A node's present table with its hash. Throws `output_missing`. */
  readonly present: (project: Project, id: string) => Promise<Relation>;
  readonly hosts: () => Promise<SqlHosts>;
}

const apiNames = (project: Project): readonly string[] =>
  [...project.nodes.values()].flatMap((node) =>
    isKind(node, "exposure") && node.config.type === "api" && node.config.enabled ? [node.name] : [],
  );

/** A project's APIs over its present tables. */
export const openApis = ({ project, present, hosts }: Parts): Apis => ({
  async list() {
    const current = await project();
    return Promise.all(
      apiNames(current).map(async (name) => ({
        name,
        description: current.nodes.get(`exposure.${name}`)?.config.description ?? null,
        columns: await present(current, `exposure.${name}`).then(
          ({ columns }) => columns,
          () => null,
        ),
      })),
    );
  },
  async read({ name, query, format, known }, signal) {
    const current = await project();
    const names = apiNames(current);
    if (!names.includes(name)) {
      throw new ProjectError("exposure_unknown", { params: { name, suggestion: suggestion(name, names) } });
    }
    const table = await present(current, `exposure.${name}`);
    const asked = readApiQuery(new URLSearchParams(query), table.columns);
    // The cache names a file after everything its rows depend on.
    const tag = stableHash([table.file, table.columns, asked, format]);
    if (known.includes(tag)) return { tag, body: null, rows: 0, more: false };
    return { tag, ...(await answer(table, asked, format, await hosts(), signal)) };
  },
});

const answer = async (
  table: Relation,
  asked: ApiQuery,
  format: ApiFormat,
  hosts: SqlHosts,
  signal: AbortSignal,
): Promise<Omit<ApiAnswer, "tag">> => {
  const { columns, rest, params, limit, offset } = asked;
  const sql = `select ${selectList(columns, format)} from input_0 ${rest}`;
  // One more than asked for tells whether there are more.
  const range = { offset, limit: limit + 1 };
  const page = await hosts
    .page({ node: table.id, sql, inputs: [table], params }, range, signal)
    .catch((thrown: unknown) => {
      throw unreadable(thrown);
    });
  const rows = page.rows.slice(0, limit);
  return { body: bodyOf(rows, columns, format), rows: rows.length, more: page.rows.length > limit };
};

/** JSON is made by DuckDB, which alone writes nested values and large numbers exactly. */
const selectList = (columns: readonly Column[], format: ApiFormat): string => {
  if (format === "arrow") return columns.map(({ name }) => quoted(name)).join(", ");
  const type = format === "csv" ? "csv" : "json";
  const values = columns.map((column) => ({ name: column.name, sql: textValue(type, quoted(column.name), column) }));
  if (type === "csv") return values.map(({ name, sql }) => `${sql} as ${quoted(name)}`).join(", ");
  return `to_json(struct_pack(${values.map(({ name, sql }) => `${quoted(name)} := ${sql}`).join(", ")})) as line`;
};

type Rows = readonly (readonly (string | null)[])[];

const bodyOf = (rows: Rows, columns: readonly Column[], format: ApiFormat): string | Uint8Array => {
  switch (format) {
    case "json":
      return `[${rows.map(([line]) => line).join(",\n")}]\n`;
    case "jsonl":
      return rows.map(([line]) => `${line ?? "null"}\n`).join("");
    case "csv":
      return [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(csvCell).join(",")}\n`).join("");
    case "arrow": {
      const layout = arrowLayout(columns);
      return tableToIPC(new Table(layout.schema, recordBatch(layout, rows)), "stream");
    }
  }
};

/** NULL is nothing, an empty text two quotes. */
const csvCell = (cell: string | null): string => {
  if (cell === null) return "";
  return cell === "" || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
};

/** A value that is not of its column's type is the question's fault, not the table's. */
const unreadable = (thrown: unknown): unknown => {
  if (!(thrown instanceof HeadraceError) || thrown.code !== "sql_failed") return thrown;
  const detail = String(thrown.params["detail"] ?? thrown.message).split("\n")[0] ?? "";
  return new ProjectError(
    "exposure_query_invalid",
    { params: { detail: `A value does not fit its column: ${detail}` } },
    { cause: thrown },
  );
};
