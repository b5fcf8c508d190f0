// PostgreSQL: the server that Headrace brings along, and connections to any server.
export {
  embeddedServer,
  databaseNameFor,
  type EmbeddedServer,
  type EmbeddedServerOptions,
  type EmbeddedServerStatus,
} from "./embedded-server.ts";
export { postgresClient, type PostgresClient, type PostgresClientOptions } from "./client.ts";
export { seedTables, type SeededTable } from "./seed-tables.ts";
export { cancelBackend } from "./cancel-backend.ts";
export { isTransient, retryTransient, withTransaction, type RetryOptions } from "./transaction.ts";
export { postgresError, sqlstateOf } from "./postgres-error.ts";
export { connectionUrl, describeConnection } from "./connection-url.ts";
export { ensureDatabase } from "./database.ts";
export { parseTableName, quoteIdentifier, quoteTable, type TableName } from "./identifiers.ts";
export { psqlEnvironment, psqlExecutable } from "./psql.ts";
export { runPrompt, type PromptOptions } from "./prompt/index.ts";
