// A process that owns two SQL hosts, one of them in the middle of a query, until somebody kills it.

import { mkdirSync } from "node:fs";

import { createSqlHosts, forkHost } from "../main/engine/duckdb/index.ts";

const folder = process.argv[2] ?? "";
mkdirSync(folder, { recursive: true });
const hosts = createSqlHosts({ spawnHost: forkHost, workers: 2, allowedDirectories: [folder], tempDirectory: folder });
const { signal } = new AbortController();
const page = (sql: string) =>
  hosts.page({ node: "transform.x", sql, inputs: [], params: {} }, { offset: 0, limit: 1 }, signal);

const busy = page("select count(*) from range(1000000) a(i), range(1000000) b(j) where (i * j) % 7 = 3");
busy.catch(() => {});
await page("select 1");
process.send?.(hosts.pids());
