// One million rows of eight columns into a new PostgreSQL table, and in the place of another million, against the
// COPY FROM of a ready binary file as a client sends it. CPU of everything: the server with its backends, this process,
// DuckDB's hosts.

import { chmodSync, createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { from as copyFrom } from "pg-copy-streams";

import {
  duckdbRoom,
  type MaterializationContext,
  type MaterializationSource,
  materializersRoom,
  type PostgresConnection,
  postgresRoom,
  type Project,
  provisionRoom,
} from "../main/engine/index.ts";
import { materializationSchema } from "../shared/graph/kinds/common.ts";
import { median, processCpu } from "./measure.ts";
import type { Figure } from "./report.ts";

const { createConnectorHosts, createSqlHosts, forkHost } = await duckdbRoom();
const { dispatch } = await materializersRoom();
const { embeddedServer, postgresClient } = await postgresRoom();
const { dataDirectory, duckdbExtension } = await provisionRoom();

const rowCount = 1_000_000;
const never = new AbortController().signal;

/** `salt` changes every row but no key. */
const million = (salt: number): string => `
  select i as id, (i * 7919 + ${salt}) % 50000 as customer_id, cast((i + ${salt}) % 100000 / 100.0 as decimal(12, 2)) as amount,
    sqrt(i + ${salt}) as score, 'customer ' || (i % 1000 + ${salt}) as name, md5(cast(i % 5000 + ${salt} as varchar)) as code,
    timestamp '2024-01-01' + to_seconds(i + ${salt}) as created_at, i % 3 = ${salt % 3} as is_new
  from range(${rowCount}) r(i)`;

const columns =
  "id bigint, customer_id bigint, amount numeric(12,2), score double precision, name text, code text, created_at timestamp, is_new boolean";

interface Server {
  readonly connection: PostgresConnection;
  readonly pid: number;
  readonly folder: string;
}

/** CPU seconds of a server: its postmaster, the children that ended and those that live. */
const serverCpu = (pid: number): number => {
  const fields = (of: string): readonly string[] =>
    readFileSync(`/proc/${of}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const ended = fields(String(pid));
  let total = processCpu(pid) + (Number(ended[13]) + Number(ended[14])) / 100;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (fields(entry)[1] === String(pid)) total += processCpu(Number(entry));
    } catch {
      // It ended while we looked: the postmaster counts it.
    }
  }
  return total;
};

/** Runs `work` between two readings, the second when its backends have gone and are counted. */
const cpuOf = async (server: Server, hosts: () => readonly number[], work: () => Promise<void>): Promise<number> => {
  const read = (): number => {
    const { user, system } = process.cpuUsage();
    return serverCpu(server.pid) + (user + system) / 1e6 + hosts().reduce((sum, pid) => sum + processCpu(pid), 0);
  };
  await sleep(300);
  const before = read();
  await work();
  await sleep(300);
  return read() - before;
};

const withServer = async <T>(work: (server: Server) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), "headrace-bench-"));
  chmodSync(folder, 0o777);
  const settings = { autovacuum: "off", max_wal_size: "8GB", shared_buffers: "512MB" };
  const embedded = embeddedServer({
    scope: "user",
    root: folder,
    projectName: "bench",
    dataDir: folder,
    log: () => undefined,
    settings,
  });
  try {
    const connection = await embedded.connection();
    const { pid } = await embedded.status();
    return await work({ connection, pid: pid ?? 0, folder });
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const run = async (server: Server, ...statements: readonly string[]): Promise<void> => {
  await using client = await postgresClient(server.connection, { applicationName: "headrace:bench" });
  for (const statement of statements) await client.query(statement);
};

const createPlain = `create table public.plain (${columns})`;

/** What `\\copy` does: the file's bytes through one connection. */
const copyFile = async (server: Server, file: string): Promise<void> => {
  await using client = await postgresClient(server.connection, { applicationName: "headrace:bench" });
  await client.query(createPlain);
  const copy = client.query(copyFrom("copy public.plain from stdin (format binary)"));
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), copy);
};

interface Hosts {
  readonly context: MaterializationContext;
  readonly pids: () => readonly number[];
  readonly source: (salt: number) => MaterializationSource;
}

const withHosts = async <T>(server: Server, work: (hosts: Hosts) => Promise<T>): Promise<T> => {
  const extensionFile = (name: "postgres" | "sqlite"): Promise<string> =>
    duckdbExtension(name, { dataDir: dataDirectory(process.env), environment: process.env, log: () => undefined });
  const tempDirectory = join(server.folder, "spill");
  await using duckdb = createSqlHosts({
    spawnHost: forkHost,
    workers: 1,
    allowedDirectories: [server.folder],
    tempDirectory,
  });
  await using connectors = createConnectorHosts({ spawnHost: forkHost, workers: 1, extensionFile, tempDirectory });
  const node = "transform.bench";
  const sources = await Promise.all(
    [0, 1].map(async (salt): Promise<MaterializationSource> => {
      const file = join(server.folder, `output-${salt}.parquet`);
      const written = await duckdb.writeParquet({ node, sql: million(salt), inputs: [], params: {} }, file, never);
      const hashes = { outputHash: written.hash, definitionHash: "bench", envHash: null, artifactHash: null };
      return { node, runId: "bench", file, columns: written.columns, rows: written.rows, ...hashes };
    }),
  );
  const project: Pick<Project, "root" | "connection"> = {
    root: server.folder,
    connection: async () => server.connection,
  };
  const context: MaterializationContext = {
    project: project as Project,
    targetPath: server.folder,
    scratch: server.folder,
    interval: { date: "2024-01-01", start: null, end: null },
    signal: never,
    log: () => undefined,
    progress: () => undefined,
    duckdb,
    connectors,
  };
  const source = (salt: number): MaterializationSource => {
    const found = sources[salt];
    if (found === undefined) throw new Error(`there is no output ${salt}`);
    return found;
  };
  return await work({ context, pids: () => [...duckdb.pids(), ...connectors.pids()], source });
};

const write = async (
  { context, source }: Hosts,
  salt: number,
  options: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const target = materializationSchema.parse({ table: "public.target", ...options });
  const [result] = await dispatch(source(salt), [target], context);
  if (result?.status !== "SUCCESS") throw new Error(result?.error?.message ?? "nothing was written");
};

const dropTables = "drop table if exists public.target; drop table if exists public.plain";

/** Medians of `rounds` measurements, taken in turn. Linux only, as it reads the kernel's own accounting. */
export const postgresLoadBench = (rounds: number): Promise<readonly Figure[]> =>
  withServer((server) =>
    withHosts(server, async (hosts) => {
      const file = join(server.folder, "ready.bin");
      await write(hosts, 0, { mode: "full" });
      await run(server, `copy public.target to '${file}' (format binary)`);
      const cpu: Record<"server" | "copy" | "fresh" | "replaced" | "keyed", number[]> = {
        server: [],
        copy: [],
        fresh: [],
        replaced: [],
        keyed: [],
      };
      const measured = (work: () => Promise<void>): Promise<number> => cpuOf(server, hosts.pids, work);
      for (let round = 0; round < rounds; round++) {
        await run(server, dropTables, "checkpoint");
        cpu.server.push(
          await measured(() => run(server, createPlain, `copy public.plain from '${file}' (format binary)`)),
        );
        await run(server, dropTables, "checkpoint");
        cpu.copy.push(await measured(() => copyFile(server, file)));
        await run(server, dropTables, "checkpoint");
        cpu.fresh.push(await measured(() => write(hosts, 0, { mode: "full" })));
        await run(server, "checkpoint");
        cpu.replaced.push(await measured(() => write(hosts, 1, { mode: "full" })));
        await run(server, "vacuum public.target", "checkpoint");
        cpu.keyed.push(await measured(() => write(hosts, 0, { mode: "full", unique_keys: ["id"] })));
      }
      const base = median(cpu.copy);
      const figure = (name: string, values: readonly number[], target: number | null): Figure => ({
        name,
        value: median(values) / base,
        unit: "×",
        target,
        detail: `${median(values).toFixed(2)} s against ${base.toFixed(2)} s CPU of COPY FROM a ready binary file`,
      });
      return [
        figure("1 M × 8 into a new table", cpu.fresh, 1.6),
        figure("1 M × 8 replaced, every row different", cpu.replaced, 2.5),
        figure("the same with unique_keys (difference in place)", cpu.keyed, null),
        figure("COPY of the same file read by the server itself", cpu.server, null),
      ];
    }),
  );
