import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { catalogue } from "../shared/errors/index.ts";
import { errorsPage } from "./errors-page.ts";
import { root } from "./run-steps.ts";

it("docs/errors.md is current (node scripts/errors-page.ts writes it)", async () => {
  expect(await readFile(join(root, "docs/errors.md"), "utf8")).toBe(await errorsPage());
});

it("lists every code of the catalogue", async () => {
  const page = await errorsPage();
  expect(Object.keys(catalogue).filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
});

it.each(Object.entries(catalogue))(
  "%s says what happened without a full stop, which who shows it adds, and what to do in sentences",
  (_code, { message, next }) => {
    expect(message).toMatch(/^\S.*[^.\s]$/s);
    expect(next).toMatch(/^[A-Z@`{].*[.}]$/s);
    expect(`${message} ${next}`).not.toContain("(s)");
  },
);
