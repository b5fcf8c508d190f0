import { join } from "node:path";

import { expect, it } from "vitest";

import { packageRoot, unpacked } from "./package-root.ts";

it("is this checkout, and what other programs read lies beside an Electron package", () => {
  expect(join(packageRoot(), "main/engine/files")).toBe(import.meta.dirname);
  const cases = [
    "/opt/Headrace/resources/app.asar",
    "C:\\H\\app.asar\\node_modules\\x",
    "/home/a/my-app.asar.d/x",
    "/srv/x",
  ];
  expect(cases.map(unpacked)).toEqual([
    "/opt/Headrace/resources/app.asar.unpacked",
    "C:\\H\\app.asar.unpacked\\node_modules\\x",
    "/home/a/my-app.asar.d/x",
    "/srv/x",
  ]);
});
