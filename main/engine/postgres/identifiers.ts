import { HeadraceError } from "../../../shared/errors/index.ts";

const longest = 63;

/** An identifier in double quotes. PostgreSQL cuts longer names without a word, so `postgres_name_too_long` instead. */
export const quoteIdentifier = (name: string): string => {
  const bytes = Buffer.byteLength(name, "utf8");
  if (bytes > longest) throw new HeadraceError("postgres_name_too_long", { params: { name, bytes } });
  if (name === "" || name.includes("\0")) {
    throw new HeadraceError("postgres_name_invalid", {
      params: { name: JSON.stringify(name), detail: "it is empty or holds a zero byte" },
    });
  }
  return `"${name.replaceAll('"', '""')}"`;
};

export interface TableName {
  readonly schema: string;
  readonly table: string;
}

const part = /^(?:"((?:[^"]|"")+)"|([^\s".]+))(?=\.|$)/;

/**
 * Splits `schema.table`; a table alone is in `public`. Names are taken as written, capitals included, and parts in
 * double quotes may hold dots and spaces. Throws `postgres_name_invalid`, `postgres_name_too_long`.
 */
export const parseTableName = (text: string): TableName => {
  const parts: string[] = [];
  let rest = text.trim();
  for (;;) {
    const match = part.exec(rest);
    if (match === null) {
      const detail = rest === "" ? "a part of it is empty" : `it cannot be read from \`${rest}\` on`;
      throw new HeadraceError("postgres_name_invalid", { params: { name: text, detail } });
    }
    const name = match[1]?.replaceAll('""', '"') ?? match[2] ?? "";
    quoteIdentifier(name);
    parts.push(name);
    rest = rest.slice(match[0].length);
    if (rest === "") break;
    rest = rest.slice(1);
  }
  const [first = "", second, ...others] = parts;
  if (others.length > 0) {
    const detail = `it has ${parts.length} parts; the database is named by the connection`;
    throw new HeadraceError("postgres_name_invalid", { params: { name: text, detail } });
  }
  return second === undefined ? { schema: "public", table: first } : { schema: first, table: second };
};

/** `"schema"."table"`, ready for SQL. */
export const quoteTable = ({ schema, table }: TableName): string =>
  `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
