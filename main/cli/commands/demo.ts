import { relative } from "node:path";

import { toErrorData } from "../../../shared/errors/index.ts";
import { createEngine, postgresRoom, provisionRoom, type RunOptions, wholeRun } from "../../engine/index.ts";
import { demoProject, type DemoProject } from "../demo/demo-project.ts";
import { type TargetTable, targetTables } from "../demo/target-tables.ts";
import { projectServer } from "../embedded-server.ts";
import { provisionFor } from "../python-environments.ts";
import { runProject } from "../run-project.ts";
import type { Execute, Session } from "../session.ts";
import { printLines } from "../terminal.ts";
import { trustOwn } from "../trust-own.ts";
import { formatCount, formatSeconds } from "../text/format.ts";
import { renderTable } from "../text/table.ts";
import { step } from "../view/steps.ts";
import { buildEnvironments } from "./env.ts";

/** What a run needs beyond npm's packages, a line each; DuckDB's extensions only make things faster. */
async function provide(session: Session): Promise<void> {
  const { terminal } = session;
  const { duckdbExtension, uvExecutable } = await provisionRoom();
  await step(terminal, "uv", async (say) => {
    await uvExecutable(await provisionFor(session, say));
    return "ready";
  });
  for (const name of ["sqlite", "postgres"] as const) {
    await step(terminal, `DuckDB ${name}`, async (say) => {
      const provision = await provisionFor(session, say);
      return duckdbExtension(name, provision).then(
        () => "ready",
        (thrown: unknown) => `not available, so the slower way is taken: ${toErrorData(thrown).message}`,
      );
    });
  }
}

const columns = [
  { title: "PostgreSQL table" },
  { title: "mode" },
  { title: "rows", align: "right" },
  { title: "written in", align: "right" },
  { title: "from", shrink: true },
] as const;

function printTables(session: Session, tables: readonly TargetTable[]): void {
  const { terminal } = session;
  const rows = tables.map(({ table, node, mode, rows: count, seconds }) => [
    { text: table, paint: terminal.style.strong },
    { text: mode },
    { text: count === null ? "missing" : formatCount(count) },
    { text: seconds === null ? "up to date" : formatSeconds(seconds) },
    { text: node },
  ]);
  printLines(terminal, ["", ...renderTable(columns, rows, { style: terminal.style, width: terminal.columns() })]);
}

function printHints(session: Session, demo: DemoProject, url: string, tables: readonly TargetTable[]): void {
  const folder = relative(session.workingFolder, demo.root);
  const project = folder === "" ? "" : ` -C ${folder}`;
  const largest = tables.toSorted((a, b) => (b.rows ?? 0) - (a.rows ?? 0)).at(0);
  const lines = [
    ["the tables in SQL", `${demo.command} db psql${project}`],
    ["any other client", `${url}  (with its password: ${demo.command} db status --url${project})`],
    ["a node's rows", `${demo.command} preview ${largest?.node ?? ""}${project}`],
    ["change something", `edit a file in ${folder === "" ? "." : folder} and run this again: only what changed runs`],
  ];
  printLines(session.terminal, ["", ...lines.map(([what = "", how = ""]) => `${what.padEnd(18)} ${how}`)]);
}

/** `headrace demo`: sets everything up, runs a real pipeline into PostgreSQL, and shows what came of it. */
export const execute: Execute<{ readonly full?: boolean; readonly verbose?: boolean }> = async (
  session,
  options,
  [folder],
) => {
  const { terminal, signal } = session;
  const { verbose = false, full = false } = options;
  const demo = demoProject(session.workingFolder, folder ?? null);
  await trustOwn(session, demo.root);
  const { root } = demo;
  await using engine = createEngine({ root, environment: session.environment });

  await provide(session);
  let url = "";
  const server = await projectServer(session, root, verbose);
  await step(terminal, "PostgreSQL server", async () => {
    const { user, port, database, version } = await server.start();
    url = `postgresql://${user}@127.0.0.1:${port}/${database}`;
    return `${version} on 127.0.0.1:${port}`;
  });
  const connection = await server.connection();
  await step(terminal, "Seed tables", async () => {
    const { seedTables } = await postgresRoom();
    const seeded = await seedTables(root, connection, { signal, replaces: true });
    return seeded.map(({ table, changed }) => `${table} ${changed ? "loaded" : "is there"}`).join(", ");
  });
  const project = await engine.project();
  await buildEnvironments(session, project);
  printLines(terminal, [""]);

  const run = (more: Partial<RunOptions>) =>
    runProject(session, engine, { ...wholeRun, full, verbose, ...more }, { verbose }, root);
  const { summary, results } = await run({});
  if (summary.exitCode !== 0) return summary.exitCode;
  let tables = await targetTables(project, results, connection, signal);

  // A new or emptied server knows nothing of what an earlier one was given.
  const gone = tables.filter(({ rows }) => rows === null);
  if (gone.length > 0) {
    printLines(terminal, ["", `Not on this server: ${gone.map(({ table }) => table).join(", ")}. Writing them again.`]);
    const again = await run({ nodes: gone.map(({ node }) => node), full: true });
    if (again.summary.exitCode !== 0) return again.summary.exitCode;
    tables = await targetTables(project, again.results, connection, signal);
  }
  printTables(session, tables);
  printHints(session, demo, url, tables);
  return 0;
};
