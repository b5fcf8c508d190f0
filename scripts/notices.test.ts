import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { notices } from "./notices.ts";
import { root } from "./run-steps.ts";

it("THIRD-PARTY-NOTICES.md is current (node scripts/notices.ts writes it)", async () => {
  expect(await readFile(join(root, "THIRD-PARTY-NOTICES.md"), "utf8")).toBe(await notices());
});

it("names what is inside the window's page", async () => {
  const text = await notices();
  for (const name of ["react", "react-dom", "@xyflow/react", "@codemirror/view", "zustand", "scheduler"]) {
    expect(text).toContain(`| ${name} |`);
  }
  expect(text).not.toContain("| playwright |");
});

it("knows the licence of every package", async () => {
  expect(await notices()).not.toContain("not stated");
});
