import { pipeline } from "node:stream/promises";

import { to as copyTo } from "pg-copy-streams";

import { HeadraceError } from "../../../../shared/errors/index.ts";
import type { PostgresClient } from "../client.ts";
import type { TextTable } from "./table-text.ts";

export interface StatementResult {
  /** `null` for statements without rows. */
  readonly table: TextTable | null;
  /** PostgreSQL's tag, e.g. `INSERT 0 3`. */
  readonly tag: string;
}

const asText = { getTypeParser: () => (value: string) => value };
const numberTypes = new Set([20, 21, 23, 26, 700, 701, 790, 1700]);

const tagOf = (command: string | null, rows: number | null): string => {
  if (command === null) return "";
  if (command === "INSERT") return `INSERT 0 ${rows ?? 0}`;
  return ["UPDATE", "DELETE", "MERGE", "COPY", "SELECT", "MOVE", "FETCH"].includes(command)
    ? `${command} ${rows ?? 0}`
    : command;
};

/** Runs one statement; every value arrives as PostgreSQL writes it. */
export const runStatement = async (
  client: PostgresClient,
  sql: string,
  values?: readonly string[],
): Promise<StatementResult> => {
  const query = { text: sql, rowMode: "array" as const, types: asText, ...(values ? { values: [...values] } : {}) };
  const result = await client.query<(string | null)[]>(query);
  const table =
    result.fields.length === 0
      ? null
      : {
          columns: result.fields.map((field) => field.name),
          rightAligned: result.fields.map((field) => numberTypes.has(field.dataTypeID)),
          rows: result.rows,
        };
  return { table, tag: tagOf(result.command, result.rowCount) };
};

export const copiesOut = (sql: string): boolean => /^\s*copy\b[^]*\bto\s+stdout\b/i.test(sql);

/** `COPY … TO STDOUT` goes to the output as it comes, however large it is. */
export const copyOut = async (client: PostgresClient, sql: string, output: NodeJS.WritableStream): Promise<void> => {
  await pipeline(client.query(copyTo(sql)), output, { end: false });
};

const part = (error: object, key: string): string => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === "string" ? value : "";
};

/** The line of the statement that the error points at, with a caret below. */
const pointAt = (sql: string, position: number): readonly string[] => {
  const before = sql.slice(0, position - 1);
  const number = before.split("\n").length;
  const line = sql.split("\n")[number - 1] ?? "";
  const label = `LINE ${number}: `;
  return [label + line, `${" ".repeat(label.length + before.length - (before.lastIndexOf("\n") + 1))}^`];
};

/** PostgreSQL's own message, detail, hint and place; where there is none, ours with what to do. */
export const errorText = (error: unknown, sql: string): string => {
  const cause = error instanceof HeadraceError ? error.cause : error;
  if (!(cause instanceof Error) || part(cause, "severity") === "") {
    return error instanceof HeadraceError ? `ERROR:  ${error.message}\n${error.next}` : `ERROR:  ${String(error)}`;
  }
  const position = Number(part(cause, "position"));
  const [detail, hint] = [part(cause, "detail"), part(cause, "hint")];
  return [
    `${part(cause, "severity")}:  ${cause.message}`,
    ...(position > 0 ? pointAt(sql, position) : []),
    ...(detail === "" ? [] : [`DETAIL:  ${detail}`]),
    ...(hint === "" ? [] : [`HINT:  ${hint}`]),
  ].join("\n");
};
