import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

import type { Attachment } from "../sql-host.ts";
import { literal, quoted } from "../sql/identifiers.ts";
import { closing } from "./locked-instance.ts";

const secretName = (alias: string): string => quoted(`headrace_${alias}`);

/** A libpq connection string; values are quoted as it wants them. */
const connectionString = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}='${String(value).replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`)
    .join(" ");

/** Attaches a database. The password goes into a secret, so that no statement or catalogue shows it. */
export const attach = async (connection: DuckDBConnection, attachment: Attachment): Promise<void> => {
  const access = attachment.readOnly ? ", read_only" : "";
  if (attachment.type === "sqlite") {
    const { path, alias } = attachment;
    await connection.run(`attach or replace ${literal(path)} as ${quoted(alias)} (type sqlite${access})`);
    return;
  }
  const { alias } = attachment;
  const { host, port, user, password, database, sslmode, applicationName } = attachment.connection;
  const target = connectionString({
    host,
    port,
    user,
    dbname: database,
    sslmode,
    application_name: applicationName,
    keepalives: 1,
    keepalives_idle: 30,
    connect_timeout: 15,
  });
  const hidden = password === null ? "" : `, password ${literal(password)}`;
  await connection.run(`create or replace temporary secret ${secretName(alias)} (type postgres${hidden})`);
  await connection.run(
    `attach or replace ${literal(target)} as ${quoted(alias)} (type postgres, secret ${secretName(alias)}${access})`,
  );
};

/** Ends the attachments of a job; what was never attached is left alone. */
export const detach = async (instance: DuckDBInstance, attachments: readonly Attachment[]): Promise<void> => {
  if (attachments.length === 0) return;
  using connection = closing(await instance.connect());
  for (const { alias, type } of attachments) {
    await connection.value.run(`detach database if exists ${quoted(alias)}`).catch(() => {});
    if (type === "postgres") await connection.value.run(`drop secret if exists ${secretName(alias)}`).catch(() => {});
  }
};

/** A function that takes the attachments' passwords out of a text. */
export const secretsOf = (attachments: readonly Attachment[]): ((text: string) => string) => {
  const secrets = attachments.flatMap((attachment) =>
    attachment.type === "postgres" && attachment.connection.password ? [attachment.connection.password] : [],
  );
  const forms = secrets.flatMap((secret) => [
    secret,
    secret.replaceAll("'", "''"),
    JSON.stringify(secret).slice(1, -1),
  ]);
  return (text) => forms.reduce((cleaned, form) => cleaned.replaceAll(form, "***"), text);
};
