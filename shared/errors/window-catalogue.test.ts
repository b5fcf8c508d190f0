import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

import { fromErrorData, toErrorData } from "./errors.ts";
import { catalogue } from "./window-catalogue.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));

/** What the window is made of, without tests and without the error files themselves. */
const sources = (folder: string): readonly string[] =>
  readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !file.startsWith("errors"))
    .map((file) => readFileSync(join(checkout, folder, file), "utf8"));

it("has the words of every error that the window's own code makes", () => {
  const made = [...sources("renderer"), ...sources("shared")].flatMap((source) =>
    [...source.matchAll(/new \w*Error\(\s*"([a-z_]+)"|\bcode: "([a-z]+_[a-z_]+)"/g)].flatMap(
      ([, thrown, found]) => thrown ?? found ?? [],
    ),
  );
  // zod's own code of an issue, not an error of ours.
  const own = new Set(made.filter((code) => !["invalid_union", "invalid_format"].includes(code)));
  expect(own.size).toBeGreaterThan(8);
  expect([...own].filter((code) => !Object.hasOwn(catalogue, code))).toEqual([]);
});

it("keeps the sentences of an error whose code nobody here knows", () => {
  const data = {
    code: "of_tomorrow" as never,
    message: "The tide is out",
    next: "Wait for it.",
    node: null,
    location: null,
    params: { hours: 6 },
    cause: null,
  };
  expect(toErrorData(fromErrorData(data))).toMatchObject(data);
});
