import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

const renderer = fileURLToPath(new URL("..", import.meta.url));

/** Classes that a style sheet draws on their own, such as `.question { … }`. */
const drawnBy = (file: string): readonly string[] => {
  const rules = readFileSync(join(renderer, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const selectors = [...rules.matchAll(/([^{}]+)\{/g)].flatMap(([, list = ""]) => list.split(","));
  return selectors.flatMap((selector) => /^\.([\w-]+)$/.exec(selector.trim())?.[1] ?? []);
};

it("draws each class in one style sheet: two views of one name would change each other's looks", () => {
  const sheets = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));
  expect(sheets.length).toBeGreaterThan(10);
  const places = new Map<string, Set<string>>();
  for (const sheet of sheets) {
    for (const name of drawnBy(sheet)) places.set(name, (places.get(name) ?? new Set()).add(sheet));
  }
  const twice = [...places].filter(([, files]) => files.size > 1);
  expect(twice.map(([name, files]) => `.${name}: ${[...files].join(", ")}`)).toEqual([]);
});
