import { Client } from "pg";

import type { PostgresConnection } from "../project/project.ts";
import { findPassword } from "./password-file.ts";
import { tlsOptions } from "./tls.ts";

/** Stops what `client` is doing on the server, through a connection of its own; the session itself lives on. */
export const cancelBackend = async (connection: PostgresConnection, client: object): Promise<void> => {
  const pid = "processID" in client ? client.processID : null;
  if (typeof pid !== "number") return;
  const helper = new Client({
    host: connection.host,
    port: connection.port,
    user: connection.user,
    database: connection.database,
    password: () => findPassword(connection, process.env),
    // `prefer` here means what the first connection got.
    ssl: "ssl" in client && client.ssl === false ? false : tlsOptions(connection, process.env),
    application_name: "headrace:cancel",
    // A busy machine takes its time; giving up leaves the statement running.
    connectionTimeoutMillis: 15_000,
  });
  helper.on("error", () => undefined);
  try {
    await helper.connect();
    await helper.query("select pg_cancel_backend($1)", [pid]);
  } finally {
    await helper.end().catch(() => undefined);
  }
};
