import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

import { expect, it } from "vitest";

import { temporaryFolder } from "../test-support/temporary-folder.ts";
import { root } from "./run-steps.ts";

const execute = promisify(execFile);

// The person's own Node and npm, whatever versions they are: not those of the checkout.
const outside = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .join(delimiter);

const packedSchema = (text: string): { readonly filename: string; readonly files: readonly { path: string }[] } =>
  JSON.parse(text.slice(text.indexOf("[\n")))[0];

it("packs, installs into an empty folder and runs there", async () => {
  await using folder = await temporaryFolder({ "package.json": '{ "private": true }' });
  const env = { ...process.env, PATH: outside, npm_config_loglevel: "error" };
  const inFolder = { cwd: folder.root, env, maxBuffer: 64_000_000 };

  const packed = await execute("npm", ["pack", "--json", "--pack-destination", folder.root], {
    ...inFolder,
    cwd: root,
  });
  const { filename, files } = packedSchema(packed.stdout);
  const paths = files.map(({ path }) => path);
  for (const path of [
    "out/cli/headrace.mjs",
    "out/cli/sql-host-process.mjs",
    "out/cli/connector-host-process.mjs",
    "python/headrace/__init__.py",
    "examples/nyc-flights/headrace.yml",
    "LICENSE",
    "THIRD-PARTY-NOTICES.md",
    "README.md",
  ]) {
    expect(paths).toContain(path);
  }
  expect(paths.filter((path) => /(^|\/)(target|__pycache__|node_modules)\/|\.test\.ts$/.test(path))).toEqual([]);

  // What npm has fetched before is not fetched again, so that this passes without network the second time.
  await execute(
    "npm",
    ["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder.root, filename)],
    inFolder,
  );
  const headrace = (...args: readonly string[]) =>
    execute(join(folder.root, "node_modules/.bin/headrace"), [...args], inFolder);
  expect((await headrace("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  await headrace("init", "shop");
  expect((await headrace("run", "-C", "shop")).stdout).toMatch(/2 ran, 0 cached, 0 failed/);
  expect((await headrace("preview", "daily_sales", "-C", "shop", "--csv")).stdout).toContain("2024-03-01");
}, 300_000);
