import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import type { ConnectorHosts, SqlHosts } from "./duckdb/sql-host.ts";
import type { SqlHostsOptions } from "./duckdb/sql-hosts.ts";
import type { EngineOptions } from "./engine.ts";
import type { Log } from "./executors/executor.ts";
import type { PythonSettings } from "./project/project.ts";
import type { PythonRunner } from "./python/python-runner.ts";

/** The processes that an engine may start; each is started, and its code loaded, when first used. */
export interface Hosts extends AsyncDisposable {
  /** For runs. */
  readonly duckdb: SqlHosts;
  /** For previews and ad-hoc queries, so that they never wait for a run. */
  readonly previews: SqlHosts;
  /** For what SQL gives without being run: reaches no file, and waits for neither a run nor a preview. */
  readonly schemas: SqlHosts;
  readonly connectors: ConnectorHosts;
  readonly python: PythonRunner;
  /** Locked versions and the interpreter are the project's own; given once it is loaded. */
  usePython(settings: PythonSettings): void;
}

interface Places {
  readonly root: string;
  readonly targetPath: string;
  readonly dataDir: () => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Makes something once, when first asked, and knows how to close it if it was made. */
class Lazy<T extends AsyncDisposable> {
  #made: Promise<T> | null = null;
  readonly #make: () => Promise<T>;
  constructor(make: () => Promise<T>) {
    this.#make = make;
  }
  get(): Promise<T> {
    this.#made ??= this.#make();
    return this.#made;
  }
  /** Only if it was made: asking a closed thing for its processes must not start it. */
  get made(): Promise<T> | null {
    return this.#made;
  }
  async close(): Promise<void> {
    const made = await this.#made?.catch(() => null);
    await made?.[Symbol.asyncDispose]();
  }
}

const lazySqlHosts = (make: () => Promise<SqlHosts>): SqlHosts => {
  const lazy = new Lazy(make);
  let made: SqlHosts | null = null;
  const get = async (): Promise<SqlHosts> => (made ??= await lazy.get());
  return {
    writeParquet: async (...args) => (await get()).writeParquet(...args),
    describe: async (...args) => (await get()).describe(...args),
    schema: async (...args) => (await get()).schema(...args),
    functions: async (...args) => (await get()).functions(...args),
    page: async (...args) => (await get()).page(...args),
    analyze: async (...args) => (await get()).analyze(...args),
    trees: async (...args) => (await get()).trees(...args),
    table: async (...args) => (await get()).table(...args),
    run: async (...args) => (await get()).run(...args),
    inspectParquet: async (...args) => (await get()).inspectParquet(...args),
    pids: () => made?.pids() ?? [],
    [Symbol.asyncDispose]: () => lazy.close(),
  };
};

const lazyConnectorHosts = (make: () => Promise<ConnectorHosts>): ConnectorHosts => {
  const lazy = new Lazy(make);
  let made: ConnectorHosts | null = null;
  const get = async (): Promise<ConnectorHosts> => (made ??= await lazy.get());
  return {
    run: async (...args) => (await get()).run(...args),
    extension: async (...args) => (await get()).extension(...args),
    pids: () => made?.pids() ?? [],
    [Symbol.asyncDispose]: () => lazy.close(),
  };
};

const lazyPython = (make: () => Promise<PythonRunner>): PythonRunner => {
  const lazy = new Lazy(make);
  return {
    resolve: async (...args) => (await lazy.get()).resolve(...args),
    ensure: async (...args) => (await lazy.get()).ensure(...args),
    run: async (...args) => (await lazy.get()).run(...args),
    [Symbol.asyncDispose]: () => lazy.close(),
  };
};

const defaultPython: PythonSettings = { mode: "managed", interpreter: null, dependencies: [] };

/** Prepares hosts for one project; nothing starts until it is used. `log` hears of set-up steps. */
export const openHosts = (options: EngineOptions, places: Places, log: Log): Hosts => {
  const temporary = join(places.targetPath, "scratch");
  const never = new AbortController().signal;
  let python = defaultPython;

  const sqlHosts = (workers: number, rest: Partial<SqlHostsOptions> = {}): SqlHosts =>
    lazySqlHosts(async () => {
      const { createSqlHosts, forkHost } = await import("./duckdb/index.ts");
      mkdirSync(temporary, { recursive: true });
      return createSqlHosts({
        spawnHost: options.spawnHost ?? forkHost,
        workers,
        allowedDirectories: [join(places.targetPath, "cache"), temporary],
        tempDirectory: temporary,
        ...rest,
      });
    });

  const provision = () => ({ dataDir: places.dataDir(), environment: places.environment, log, signal: never });

  const connectors = lazyConnectorHosts(async () => {
    const { createConnectorHosts, forkHost } = await import("./duckdb/index.ts");
    const { duckdbExtension } = await import("./provision/index.ts");
    mkdirSync(temporary, { recursive: true });
    return createConnectorHosts({
      spawnHost: options.spawnHost ?? forkHost,
      workers: workerSlots,
      extensionFile: (name) => duckdbExtension(name, provision()),
      tempDirectory: temporary,
    });
  });

  const pythonRunner = lazyPython(async () => {
    const { createPythonRunner } = await import("./python/index.ts");
    const { pythonInterpreter, uvExecutable } = await import("./provision/index.ts");
    return createPythonRunner({
      projectRoot: places.root,
      settings: python,
      dataDir: places.dataDir(),
      environment: places.environment,
      uv: () => uvExecutable(provision()),
      interpreter: () => pythonInterpreter({ environment: places.environment, wanted: python.interpreter }),
    });
  });

  const duckdb = sqlHosts(workerSlots);
  // Two, so that the rows of a page need not wait for a sort or a profile.
  const previews = sqlHosts(2);
  const schemas = sqlHosts(1, { allowedDirectories: [temporary], limits: schemaLimits });
  return {
    duckdb,
    previews,
    schemas,
    connectors,
    python: pythonRunner,
    usePython: (settings) => {
      python = settings;
    },
    async [Symbol.asyncDispose]() {
      const all = [duckdb, previews, schemas, connectors, pythonRunner];
      await Promise.all(all.map((hosts) => hosts[Symbol.asyncDispose]()));
    },
  };
};

/** Binding reads no row. */
const schemaLimits = { memory: 256 * 1024 * 1024, threads: 1 };

/** Nodes at a time when nobody says otherwise. */
export const workerSlots = Math.max(1, Math.min(4, availableParallelism()));
