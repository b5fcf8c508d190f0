// What the pages say is where, is there.

import { globSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

import { expect, it } from "vitest";

import { root } from "./run-steps.ts";

const pages = globSync(["*.md", "docs/**/*.md", "examples/**/*.md"], {
  cwd: root,
  exclude: (path) => /(^|\/)(target|node_modules)(\/|$)|^THIRD-PARTY/.test(path),
});
const isThere = (path: string): Promise<boolean> =>
  stat(join(root, path)).then(
    () => true,
    () => false,
  );

/** The text without its examples: they show other folders than ours. */
const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, "");

/** A heading as a link's address has it. */
const address = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
const addresses = (text: string): readonly string[] =>
  [...withoutCode(text).matchAll(/^#+ +(.+)$/gm)].map(([, heading = ""]) => address(heading));

/** What is wrong with a link of a page, or `null`. */
const brokenLink = async (page: string, link: string): Promise<string | null> => {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : normalize(join(dirname(page), path));
  if (!(await isThere(target))) return `${page}: ${link}`;
  if (anchor === undefined || !target.endsWith(".md")) return null;
  return addresses(await readFile(join(root, target), "utf8")).includes(anchor) ? null : `${page}: ${link}`;
};

it("every link of a page leads somewhere", async () => {
  const broken: (string | null)[] = [];
  for (const page of pages) {
    const text = withoutCode(await readFile(join(root, page), "utf8"));
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    for (const link of links.filter((to) => !/^[a-z]+:/.test(to))) broken.push(await brokenLink(page, link));
  }
  expect(broken.filter((one) => one !== null)).toEqual([]);
});

it("every file of ours that a page names is there; a pattern names at least one", async () => {
  const rooms = "main|shared|renderer|preload|python|scripts|bench|test-support|e2e|examples|docs";
  const missing: string[] = [];
  for (const page of pages) {
    const text = await readFile(join(root, page), "utf8");
    for (const [, path = ""] of text.matchAll(new RegExp(`\`((?:${rooms})/[^\`\\s:]*)`, "g"))) {
      const pattern = path.replaceAll(/<[^>]+>/g, "*").replace(/\/$/, "");
      if (globSync(pattern, { cwd: root }).length === 0) missing.push(`${page}: ${path}`);
    }
  }
  expect(missing).toEqual([]);
});

it("a file of code that the architecture or a decision names in short is there", async () => {
  const files = globSync("{main,shared,renderer,preload,scripts,bench,test-support,e2e}/**/*.{ts,tsx,mjs}", {
    cwd: root,
  }).map((path) => `/${path.replaceAll("\\", "/")}`);
  const missing: string[] = [];
  for (const page of pages.filter((path) => /^docs\/(architecture\.md|decisions\/)/.test(path))) {
    const text = await readFile(join(root, page), "utf8");
    for (const [, name = ""] of text.matchAll(/`([\w./-]+\.(?:ts|tsx|mjs))`/g)) {
      if (!files.some((path) => path.endsWith(`/${name}`))) missing.push(`${page}: ${name}`);
    }
  }
  expect(missing).toEqual([]);
});

it("the guide's contents list every page of it", async () => {
  const contents = await readFile(join(root, "docs/guide/README.md"), "utf8");
  const listed = globSync("*.md", { cwd: join(root, "docs/guide") }).filter((page) => page !== "README.md");
  expect(listed.filter((page) => !contents.includes(`](${page})`))).toEqual([]);
});
