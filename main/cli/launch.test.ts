import { execFile } from "node:child_process";
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, it } from "vitest";

import { temporaryFolder } from "../../test-support/temporary-folder.ts";

const launcher = fileURLToPath(new URL("./launch.mjs", import.meta.url));
// Makes this Node say that it is an old one, to the first process alone.
const old = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.19.0"})';

const launch = (file: string, args: readonly string[]) =>
  promisify(execFile)(process.execPath, ["--import", old, file, ...args]).catch((error: unknown) => error);

it("starts again with the Node 24 that npm installed when it is started by an older one", async () => {
  await expect(launch(launcher, ["--version"])).resolves.toMatchObject({
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

it("passes the exit code on", async () => {
  await expect(launch(launcher, ["no-such-command"])).resolves.toMatchObject({ code: 2 });
});

it("says in one sentence what it needs where there is no Node 24", async () => {
  await using folder = await temporaryFolder();
  await copyFile(launcher, folder.path("launch.mjs"));
  await expect(launch(folder.path("launch.mjs"), ["run"])).resolves.toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/^Headrace needs Node 24 or newer and this is Node 20\.19\.0: install Node 24.*\n$/),
  });
});
