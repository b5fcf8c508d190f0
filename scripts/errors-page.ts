// `node scripts/errors-page.ts`: writes docs/errors.md from the catalogue.
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { root } from "./run-steps.ts";

const areaSchema = z.record(
  z.string(),
  z.record(z.string(), z.object({ message: z.string(), next: z.string(), exit: z.number() })),
);

const suffix = "-errors.ts";
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

async function areaTable(area: string): Promise<string> {
  const exports = areaSchema.parse(await import(join(root, "shared/errors", `${area}${suffix}`)));
  const rows = Object.values(exports)
    .flatMap((entries) => Object.entries(entries))
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([code, { message, next, exit }]) => `| \`${code}\` | ${cell(message)} | ${cell(next)} | ${exit} |`);
  return [`## ${area}`, "", "| code | what happened | what to do | exit |", "|---|---|---|---|", ...rows].join("\n");
}

/** The page of all error codes, an area a section; `{name}` stands for what the error fills in. */
export async function errorsPage(): Promise<string> {
  const files = await readdir(join(root, "shared/errors"));
  const areas = files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
  const tables = await Promise.all(areas.toSorted().map(areaTable));
  const head = `# Errors
Every error has a code that stays the same between versions, a sentence, the place where there is one, and a next step.
\`{name}\` stands for what the error fills in. *Exit* is the exit code of a command that ends with it: 1 a node failed,
2 the project or the call is wrong, 3 every failure is a rule's, 130 cancelled.

This page is generated: \`node scripts/errors-page.ts\`.`;
  return `${[head, ...tables].join("\n\n")}\n`;
}

if (import.meta.main) await writeFile(join(root, "docs/errors.md"), await errorsPage());
