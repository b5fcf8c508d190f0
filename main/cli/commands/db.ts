import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";

import { ProjectError } from "../../../shared/errors/index.ts";
import { type EmbeddedServerStatus, type PostgresConnection, postgresRoom, provisionRoom } from "../../engine/index.ts";
import { projectServer } from "../embedded-server.ts";
import { openEngine, projectRoot } from "../open-project.ts";
import type { Execute, ProjectOptions, Session } from "../session.ts";
import { printLines, type Terminal } from "../terminal.ts";
import { formatBytes } from "../text/format.ts";
import { padRight } from "../text/width.ts";

interface StatusOptions extends ProjectOptions {
  readonly url?: boolean;
}

interface PsqlOptions extends ProjectOptions {
  readonly command?: string;
  readonly connection?: string;
}

const address = ({ user, port, database }: EmbeddedServerStatus): string =>
  `postgresql://${user}@127.0.0.1:${port}/${database}`;

function printStatus(terminal: Terminal, status: EmbeddedServerStatus): void {
  const { style } = terminal;
  const facts = [
    [
      "server",
      status.running ? style.good(`runs (process ${status.pid})`) : style.quiet("does not run: headrace db start"),
    ],
    ["version", `PostgreSQL ${status.version}`],
    ...(status.running
      ? [["url", `${address(status)}  ${style.quiet("(with the password: headrace db status --url)")}`]]
      : []),
    ["database", status.database],
    ["data", `${status.dataFolder}  ${style.quiet(formatBytes(status.sizeBytes))}`],
    ["log", status.logFile],
  ];
  printLines(
    terminal,
    facts.map(([name = "", value = ""]) => `${style.quiet(padRight(name, 9))} ${value}`),
  );
}

const start: Execute<ProjectOptions> = async (session, options) => {
  const server = await projectServer(session, projectRoot(session, options), options.verbose === true);
  printStatus(session.terminal, await server.start());
  return 0;
};

const stop: Execute<ProjectOptions> = async (session, options) => {
  const server = await projectServer(session, projectRoot(session, options), options.verbose === true);
  printLines(session.terminal, [(await server.stop()) ? "Stopped. Its data stay." : "It was not running."]);
  return 0;
};

const status: Execute<StatusOptions> = async (session, options) => {
  const { terminal } = session;
  const server = await projectServer(session, projectRoot(session, options), options.verbose === true);
  if (options.url === true) printLines(terminal, [await server.url()]);
  else if (options.json === true) printLines(terminal, [JSON.stringify(await server.status())]);
  else printStatus(terminal, await server.status());
  return 0;
};

/** Runs `psql` on the terminal's own streams; resolves to its exit code. */
const runPsql = (program: string, args: readonly string[], environment: Session["environment"]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", env: { ...environment } });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });

const psql: Execute<PsqlOptions> = async (session, options) => {
  const { environment } = session;
  const { psqlEnvironment, psqlExecutable, runPrompt } = await postgresRoom();
  const connection = await promptConnection(session, options);
  session.releaseKeys();
  const program = psqlExecutable(environment);
  if (program !== null) {
    const command = options.command === undefined ? [] : ["-c", options.command];
    const variables = { ...environment, ...psqlEnvironment(connection) };
    return (await runPsql(program, ["-X", "-v", "ON_ERROR_STOP=1", ...command], variables)) === 0 ? 0 : 1;
  }
  const { dataDirectory } = await provisionRoom();
  const given = options.command === undefined ? process.stdin : Readable.from([`${options.command}\n;\n`]);
  const failures = await runPrompt(connection, {
    input: given,
    output: process.stdout,
    historyFile: join(dataDirectory(environment), "psql-history"),
  });
  return failures === 0 ? 0 : 1;
};

/** The named connection of the profile, else the server that comes with the project. */
async function promptConnection(session: Session, options: PsqlOptions): Promise<PostgresConnection> {
  const root = projectRoot(session, options);
  if (options.connection === undefined && options.profile === undefined) {
    return (await projectServer(session, root, options.verbose === true)).connection();
  }
  await using engine = await openEngine(session, options);
  const connection = await (await engine.project()).connection(options.connection ?? null);
  if (connection.type === "postgresql") return connection;
  throw new ProjectError("connection_not_postgres", { params: { connection: connection.name, type: connection.type } });
}

/** `headrace db start|stop|status|psql`: the PostgreSQL server that comes with Headrace. */
export const database = { start, stop, status, psql } as const;
