// Where features are served from: one store a file, chosen by `online.store`.

import type { OpenOnlineStore } from "./online-store.ts";

/** Every online store by its name in a file; loaded when it is used. */
export const onlineStores: Readonly<Record<"sqlite" | "postgresql" | "duckdb", () => Promise<OpenOnlineStore>>> = {
  sqlite: async () => (await import("./sqlite-store.ts")).openSqliteStore,
  postgresql: async () => (await import("./postgresql-store.ts")).openPostgresqlStore,
  duckdb: async () => (await import("./duckdb-store.ts")).openDuckdbStore,
};

export type OnlineStoreName = keyof typeof onlineStores;
export { type OnlinePlace, onlineTable } from "./online-store.ts";
