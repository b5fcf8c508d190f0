import { rm } from "node:fs/promises";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { type Project, pythonRoom } from "../../engine/index.ts";
import { openEngine } from "../open-project.ts";
import { environmentGroups, environmentRunner, provisionFor, type PythonNode } from "../python-environments.ts";
import type { Execute, ProjectOptions, Session } from "../session.ts";
import { printLines } from "../terminal.ts";
import { formatBytes, plural } from "../text/format.ts";
import { renderTable } from "../text/table.ts";
import { step } from "../view/steps.ts";

interface ProjectEnvironment {
  readonly hash: string;
  readonly path: string;
  readonly built: boolean;
  readonly bytes: number;
  readonly packages: Readonly<Record<string, string>>;
  readonly nodes: readonly string[];
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function projectEnvironments(session: Session, project: Project): Promise<readonly ProjectEnvironment[]> {
  const { environmentFolder, isUsable } = await pythonRoom();
  const provision = await provisionFor(session, (text) => session.terminal.writeError(`${text}\n`));
  await using runner = await environmentRunner(project, provision);
  const found = new Map<string, ProjectEnvironment>();
  for (const nodes of await environmentGroups(project)) {
    const [first] = nodes;
    if (first === undefined) continue;
    const { envHash, packages } = await runner.resolve(first.body, session.signal);
    const folder = environmentFolder(provision.dataDir, envHash);
    const before = found.get(envHash)?.nodes ?? [];
    found.set(envHash, {
      hash: envHash,
      path: folder.root,
      built: isUsable(folder),
      bytes: await folderBytes(folder.root),
      packages,
      nodes: [...before, ...nodes.map(({ id }) => id)],
    });
  }
  return [...found.values()];
}

const columns = [
  { title: "environment" },
  { title: "built" },
  { title: "size", align: "right" },
  { title: "packages", align: "right" },
  { title: "nodes", shrink: true },
] as const;

const list: Execute<ProjectOptions> = async (session, options) => {
  const { terminal } = session;
  await using engine = await openEngine(session, options);
  const environments = await projectEnvironments(session, await engine.project());
  if (options.json === true) {
    printLines(
      terminal,
      environments.map((environment) => JSON.stringify(environment)),
    );
  } else if (environments.length === 0) {
    printLines(terminal, ["No node of this project needs Python."]);
  } else {
    const rows = environments.map(({ hash, built, bytes, packages, nodes }) => [
      { text: hash.slice(0, 12) },
      { text: built ? "yes" : "no" },
      { text: built ? formatBytes(bytes) : "" },
      { text: String(Object.keys(packages).length) },
      { text: nodes.join(", ") },
    ]);
    printLines(terminal, renderTable(columns, rows, { style: terminal.style, width: terminal.columns() }));
  }
  return 0;
};

const titleOf = (nodes: readonly PythonNode[]): string => nodes.map(({ name }) => name).join(", ");

/** Builds every environment of a project, a progress line each. */
export async function buildEnvironments(session: Session, project: Project): Promise<void> {
  for (const nodes of await environmentGroups(project)) {
    const [first] = nodes;
    if (first === undefined) continue;
    await step(session.terminal, "Python environment", async (say) => {
      await using runner = await environmentRunner(project, await provisionFor(session, say));
      const { packages } = await runner.ensure(first.body, session.signal, (_level, text) => say(text));
      return `${plural(Object.keys(packages).length, "package")} for ${titleOf(nodes)}`;
    });
  }
}

const build: Execute<ProjectOptions> = async (session, options) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  if ((await environmentGroups(project)).length === 0)
    printLines(session.terminal, ["No node of this project needs Python."]);
  await buildEnvironments(session, project);
  return 0;
};

const clean: Execute<ProjectOptions & { readonly dryRun?: boolean }> = async (session, options) => {
  const { terminal } = session;
  await using engine = await openEngine(session, options);
  const needed = new Set((await projectEnvironments(session, await engine.project())).map(({ hash }) => hash));
  const { dataDir } = await provisionFor(session, () => undefined);
  const folder = join(dataDir, "envs");
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const unneeded = entries.filter((entry) => entry.isDirectory() && !needed.has(entry.name));
  let bytes = 0;
  for (const { name } of unneeded) {
    bytes += await folderBytes(join(folder, name));
    if (options.dryRun !== true) await rm(join(folder, name), { recursive: true, force: true });
  }
  const what = `${plural(unneeded.length, "environment")}, ${formatBytes(bytes)}`;
  const said = options.dryRun === true ? `Would remove ${what}.` : `Removed ${what}.`;
  printLines(terminal, [unneeded.length === 0 ? "Nothing to remove." : said]);
  return 0;
};

/** `headrace env list|build|clean`: the Python environments that a project's nodes run in. */
export const environments = { list, build, clean } as const;
