import { toErrorData } from "../../../shared/errors/index.ts";
import type { EngineOptions } from "../engine.ts";
import type { Log } from "../executors/executor.ts";
import type { Hosts } from "../open-hosts.ts";
import type { LoadOptions } from "../project/load-options.ts";
import type { PostgresConnection, Project } from "../project/project.ts";
import type { TrustGuard } from "./trust-guard.ts";

interface Surroundings {
  readonly options: EngineOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly targetPath: string;
  readonly guard: TrustGuard;
  readonly dataDir: () => Promise<string>;
  readonly hosts: () => Promise<Hosts>;
  readonly log: Log;
}

/** Gives the project as its files are at each call; what did not change since the last one is not read again. */
export const projectLoader = (around: Surroundings): (() => Promise<Project>) => {
  const { options, environment, targetPath, guard } = around;
  const server = ownServer(around);
  let project: Project | null = null;
  return async () => {
    const { loadProject } = await import("../project/index.ts");
    const hosts = await around.hosts();
    project = await loadProject({
      root: options.root,
      profile: options.profile ?? null,
      environment,
      dataDir: await around.dataDir(),
      analyze: (texts) => hosts.duckdb.analyze(texts),
      keepsManifest: guard.mayFollow(targetPath),
      secret: guard.mayAct() ? (name) => findSecret(around, name) : undefined,
      importPython: guard.mayAct() ? pythonImport(around, hosts) : undefined,
      embeddedPostgres: guard.mayAct() ? server : undefined,
      previous: project ?? undefined,
    });
    hosts.usePython(project.settings.python);
    return project;
  };
};

/** The keychain's, where there is one, else that of the person's own file. */
const findSecret = async ({ options, dataDir }: Surroundings, name: string): Promise<string | null> => {
  const kept = (await options.secret?.(name)) ?? null;
  if (kept !== null) return kept;
  return (await import("../secrets/index.ts")).readSecret(await dataDir(), name);
};

const pythonImport =
  ({ options, environment, log }: Surroundings, hosts: Hosts): LoadOptions["importPython"] =>
  async (body, settings) => {
    // The first load asks before the project, and with it its settings, is there.
    hosts.usePython(settings);
    const { discoverByImport } = await import("../python/index.ts");
    const signal = new AbortController().signal;
    return discoverByImport({ projectRoot: options.root, body, runner: hosts.python, environment, signal, log });
  };

/** The project's own server, with the tables that it begins with; those are made once. */
const ownServer = ({ options, dataDir, log }: Surroundings): (() => Promise<PostgresConnection>) => {
  let seeded: Promise<void> | null = null;
  return async () => {
    const { embeddedServer, seedTables } = await import("../postgres/index.ts");
    const server = embeddedServer({ scope: "project", root: options.root, dataDir: await dataDir(), log });
    const connection = await server.connection();
    // What reads a table that could not be made says so itself.
    seeded ??= seedTables(options.root, connection, { replaces: false }).then(
      () => undefined,
      (error: unknown) => log("warning", toErrorData(error).message),
    );
    await seeded;
    return connection;
  };
};
