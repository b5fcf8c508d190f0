import type { PostgresConnection } from "../project/project.ts";

/** A `postgresql://` URL with the password in it. */
export const connectionUrl = (connection: PostgresConnection): string => {
  const part = encodeURIComponent;
  const password = connection.password === null ? "" : `:${part(connection.password)}`;
  const host = connection.host.includes(":") ? `[${connection.host}]` : connection.host;
  const place = `${host}:${connection.port}/${part(connection.database)}`;
  return `postgresql://${part(connection.user)}${password}@${place}?sslmode=${connection.sslmode}`;
};

/** Where a connection leads, for messages: never with the password. */
export const describeConnection = (connection: PostgresConnection): string =>
  `${connection.host}:${connection.port}/${connection.database}`;
