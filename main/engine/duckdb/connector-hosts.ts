import { HeadraceError } from "../../../shared/errors/index.ts";
import type { ExtensionFiles } from "./host/connector-calls.ts";
import { HostPool } from "./host-pool.ts";
import type { SpawnHost } from "./spawn-host.ts";
import type { ConnectorHosts, Page, QueryLimits, WrittenParquet } from "./sql-host.ts";
import { defaultLimits } from "./sql-hosts.ts";

export type ExtensionName = "postgres" | "sqlite";

export interface ConnectorHostsOptions {
  readonly spawnHost: SpawnHost;
  /** Hosts at most. */
  readonly workers: number;
  /** The absolute path of an extension's signed file; throws where there is none, with the reason. */
  readonly extensionFile: (name: ExtensionName) => Promise<string>;
  /** Absolute; where DuckDB spills what does not fit in memory. */
  readonly tempDirectory: string;
  /** For each host. */
  readonly limits?: QueryLimits | undefined;
}

const whyNot = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Runs SQL that Headrace generated, with databases attached; see `ConnectorHosts`. */
export const createConnectorHosts = (options: ConnectorHostsOptions): ConnectorHosts => {
  const { spawnHost, workers, tempDirectory, extensionFile } = options;
  const settings = { allowedDirectories: [], tempDirectory, limits: defaultLimits(workers, options.limits) };
  const pool = new HostPool({ spawnHost, role: "connector", size: Math.max(1, workers), settings });
  const never = new AbortController().signal;

  const filesFor = async (node: string, names: readonly ExtensionName[]): Promise<ExtensionFiles> => {
    const files: { [K in ExtensionName]?: string } = {};
    for (const name of new Set(names)) {
      try {
        files[name] = await extensionFile(name);
      } catch (cause) {
        throw new HeadraceError("extension_unavailable", { node, params: { name, why: whyNot(cause) } }, { cause });
      }
    }
    return files;
  };

  return {
    async run(job, signal) {
      const extensions = await filesFor(
        job.node,
        (job.attach ?? []).map(({ type }) => type),
      );
      const value = await pool.call("run", { job, extensions }, job.node, signal, job.limits?.memory);
      return value as { readonly page: Page; readonly written: WrittenParquet | null };
    },
    async extension(name) {
      try {
        const file = await extensionFile(name);
        await pool.call("extension", { name, file }, `extension ${name}`, never);
        return { available: true, why: null };
      } catch (thrown) {
        return { available: false, why: whyNot(thrown) };
      }
    },
    pids: () => pool.pids(),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
};
