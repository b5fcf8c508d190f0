import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { HeadraceError } from "../../../shared/errors/index.ts";
import type { Log } from "../executors/executor.ts";
import type { PostgresConnection } from "../project/project.ts";
import { exclusively } from "../provision/exclusive.ts";
import { serverAccount, type ServerAccount } from "./account.ts";
import { postgresBinaries, postgresVersion } from "./binaries.ts";
import { ensureCluster, readPassword, superuser } from "./cluster.ts";
import { connectionUrl } from "./connection-url.ts";
import { ensureDatabase } from "./database.ts";
import { runningPostmaster, settledPostmaster } from "./postmaster.ts";
import { runTool } from "./run-tool.ts";
import { serverFolder, type ServerFolder, type ServerScope } from "./server-folder.ts";
import { loopback, startPostmaster, waitSeconds } from "./start-postmaster.ts";

export interface EmbeddedServerOptions {
  /** A server for this project alone, or one that all projects of this person share (a database each). */
  readonly scope: ServerScope;
  /** Absolute project folder. */
  readonly root: string;
  /** The project's name; its folder's name when left out. The database is named after it. */
  readonly projectName?: string | undefined;
  readonly dataDir: string;
  readonly log: Log;
  /** Server settings for a start of this server, e.g. `fsync: "off"` in tests. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/** Fields are always present; `port` and `pid` are `null` when it does not run. */
export interface EmbeddedServerStatus {
  readonly running: boolean;
  readonly port: number | null;
  readonly pid: number | null;
  readonly dataFolder: string;
  readonly sizeBytes: number;
  readonly version: string;
  readonly database: string;
  readonly user: string;
  readonly logFile: string;
}

export interface EmbeddedServer {
  /** Starts it where it does not run yet and waits until it answers. Safe in several processes at once. */
  start(): Promise<EmbeddedServerStatus>;
  /** Ends it, rolling back what is open; tells whether it ran. */
  stop(): Promise<boolean>;
  status(): Promise<EmbeddedServerStatus>;
  /** Starts it if need be and returns the project's database on it. */
  connection(): Promise<PostgresConnection>;
  /** `connection()` as a URL, password included: for a person who asks for it, never for a log. */
  url(): Promise<string>;
}

const lockSeconds = 120;

/** Letters, digits and underscores: a name that needs no quotes anywhere. */
export const databaseNameFor = (projectName: string): string => {
  const name = projectName
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .slice(0, 60);
  if (name === "" || ["postgres", "template0", "template1"].includes(name)) return `project_${name}`;
  return /^[a-z_]/.test(name) ? name : `p_${name}`;
};

const folderSize = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return folderSize(path);
    return stat(path).then(
      ({ size }) => size,
      () => 0,
    );
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

const stopServer = async (folder: ServerFolder, account: ServerAccount | null): Promise<boolean> => {
  const running = await runningPostmaster(folder.data);
  if (running === null) return false;
  const tools = await postgresBinaries(folder.binaries);
  const args = ["stop", "-D", folder.data, "-m", "fast", "-w", "-t", "60", "-s"];
  const stopped = await runTool(tools.pgCtl, args, { account, cwd: folder.path, timeoutSeconds: 70 });
  if ((await runningPostmaster(folder.data)) !== null) {
    const detail = stopped.stderr.trim() || stopped.stdout.trim() || "it is still running";
    throw new HeadraceError("postgres_stop_failed", { params: { pid: running.pid, detail } });
  }
  return true;
};

/** A real PostgreSQL of one's own: on loopback only, with a random password, started when first needed. */
export const embeddedServer = (options: EmbeddedServerOptions): EmbeddedServer => {
  const { scope, root, dataDir, log } = options;
  const database = databaseNameFor(options.projectName ?? basename(root));

  let knownAccount: Promise<ServerAccount | null> | undefined;
  const locate = async () => {
    const account = await (knownAccount ??= serverAccount());
    return { account, folder: await serverFolder(scope, root, dataDir, account) };
  };

  const locked = <T>(folder: ServerFolder, work: () => Promise<T>): Promise<T> =>
    exclusively({ lock: folder.lock, timeoutSeconds: lockSeconds }, work);

  const statusOf = async (folder: ServerFolder): Promise<EmbeddedServerStatus> => {
    const running = await runningPostmaster(folder.data);
    return {
      running: running !== null,
      port: running?.port ?? null,
      pid: running?.pid ?? null,
      dataFolder: folder.data,
      sizeBytes: await folderSize(folder.data),
      version: await postgresVersion(),
      database,
      user: superuser,
      logFile: folder.log,
    };
  };

  const ensureRunning = async () => {
    const { account, folder } = await locate();
    const running = await runningPostmaster(folder.data);
    if (running?.ready === true) return { folder, port: running.port };
    const port = await locked(folder, async () => {
      const meanwhile = await settledPostmaster(folder.data, waitSeconds);
      if (meanwhile !== null) return meanwhile.port;
      const binaries = await postgresBinaries(folder.binaries);
      const made = await ensureCluster(folder, binaries, account);
      if (made === "made") log("info", `PostgreSQL ${binaries.version}: new data folder ${folder.data}`);
      const started = await startPostmaster({ folder, binaries, account, settings: options.settings ?? {} });
      log("info", `PostgreSQL ${binaries.version} runs on ${loopback}:${started.port}`);
      return started.port;
    });
    return { folder, port };
  };

  const connect = async (): Promise<PostgresConnection> => {
    const { folder, port } = await ensureRunning();
    const connection = {
      name: "embedded",
      type: "postgresql",
      host: loopback,
      port,
      user: superuser,
      password: await readPassword(folder),
      database,
      sslmode: "disable",
      production: false,
    } satisfies PostgresConnection;
    await ensureDatabase(connection);
    return connection;
  };

  return {
    start: async () => {
      await connect();
      return statusOf((await locate()).folder);
    },
    stop: async () => {
      const { account, folder } = await locate();
      return locked(folder, () => stopServer(folder, account));
    },
    status: async () => statusOf((await locate()).folder),
    connection: connect,
    url: async () => connectionUrl(await connect()),
  };
};
