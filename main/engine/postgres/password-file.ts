import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { PostgresConnection } from "../project/project.ts";
import { describeConnection } from "./connection-url.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const defaultFile = (environment: Environment): string =>
  process.platform === "win32"
    ? join(environment["APPDATA"] ?? homedir(), "postgresql", "pgpass.conf")
    : join(environment["HOME"] ?? homedir(), ".pgpass");

/** `host:port:database:user:password`, where a backslash keeps a colon or a backslash. */
const fieldsOf = (line: string): readonly string[] => {
  const fields = [""];
  for (let at = 0; at < line.length; at += 1) {
    const last = fields.length - 1;
    if (line[at] === "\\" && at + 1 < line.length) fields[last] += line[++at] ?? "";
    else if (line[at] === ":" && fields.length < 5) fields.push("");
    else fields[last] += line[at] ?? "";
  }
  return fields;
};

const passwordFrom = (text: string, connection: PostgresConnection): string | null => {
  const wanted = [connection.host, String(connection.port), connection.database, connection.user];
  for (const line of text.split(/\r?\n/)) {
    if (line === "" || line.startsWith("#")) continue;
    const fields = fieldsOf(line);
    if (fields.length === 5 && wanted.every((value, at) => fields[at] === "*" || fields[at] === value)) {
      return fields[4] ?? null;
    }
  }
  return null;
};

/** As PostgreSQL's own clients do: a password file that others may read is not used. */
const isPrivate = async (path: string): Promise<boolean> => {
  if (process.platform === "win32") return true;
  const found = await stat(path).catch(() => null);
  return found !== null && found.isFile() && (found.mode & 0o077) === 0;
};

/**
 * The connection's password: its own, else PGPASSWORD, else the line that fits in the file PGPASSFILE names (or
 * `~/.pgpass`). Asked only when the server wants one. Throws `postgres_password_missing`.
 */
export const findPassword = async (connection: PostgresConnection, environment: Environment): Promise<string> => {
  const given = connection.password ?? environment["PGPASSWORD"];
  if (given !== undefined) return given;
  const path = environment["PGPASSFILE"] ?? defaultFile(environment);
  const open = await isPrivate(path);
  const text = open ? await readFile(path, "utf8").catch(() => "") : "";
  const found = passwordFrom(text, connection);
  if (found !== null) return found;
  throw new HeadraceError("postgres_password_missing", {
    params: { where: describeConnection(connection), user: connection.user },
  });
};
