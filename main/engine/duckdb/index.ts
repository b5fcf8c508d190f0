// DuckDB in processes of its own: people's SQL in locked hosts, Headrace's own in connector hosts.
export { type ConnectorHostsOptions, createConnectorHosts, type ExtensionName } from "./connector-hosts.ts";
export { forkHost } from "./fork-host.ts";
export { hostEntryNames } from "./host-entries.ts";
export { createSqlHosts, type SqlHostsOptions } from "./sql-hosts.ts";
export type * from "./sql-host.ts";
export type * from "./spawn-host.ts";
export { readRelation } from "./host/views.ts";
export { foldLeadingCreates } from "./sql/fold-leading-creates.ts";
export { stripTrailingSemicolon } from "./sql/lexer.ts";
