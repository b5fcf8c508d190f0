import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { shop } from "../../test-support/projects/shop-files.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";

const launcher = fileURLToPath(new URL("./launch.mjs", import.meta.url));

describe("colours", () => {
  it.each([
    [{}, false],
    [{ FORCE_COLOR: "1" }, true],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("with %j are there: %s", async (environment: Record<string, string>, coloured) => {
    await using folder = await temporaryFolder(shop);
    const { stdout } = await runCli(["run"], { cwd: folder.root, environment });
    expect(stdout.includes("\u001B[")).toBe(coloured);
  });
});

describe("help and completion", () => {
  it.each(["run", "plan", "diff", "preview", "query", "inspect", "validate", "history", "init", "clean", "db", "env"])(
    "%s --help shows examples",
    async (command) => {
      await using folder = await temporaryFolder();
      const { code, stdout } = await runCli([command, "--help"], { cwd: folder.root });
      expect(code).toBe(0);
      expect(stdout).toContain(`$ headrace ${command}`);
    },
  );

  it.each([
    [["pr"], "preview\n"],
    [["preview", "transform."], "transform.paid\n"],
    [["run", "+source."], "+source.orders\n"],
    [["run", "--max"], "--max-workers\n"],
    [["completion", "z"], "zsh\n"],
    [["db", "st"], "start\nstop\nstatus\n"],
  ])("completes %j", async (words, candidates) => {
    await using folder = await temporaryFolder(shop);
    expect((await runCli(["__complete", "--", ...words], { cwd: folder.root })).stdout).toBe(candidates);
  });

  it("bash takes the script", async () => {
    await using folder = await temporaryFolder(shop);
    const { stdout: script } = await runCli(["completion", "bash"], { cwd: folder.root });
    const ask = `headrace() { "$NODE" "$LAUNCHER" "$@"; }
${script}
COMP_WORDS=(headrace inspect source.); COMP_CWORD=2; _headrace; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)("bash", ["-c", ask], {
      cwd: folder.root,
      env: { ...process.env, NODE: process.execPath, LAUNCHER: launcher },
    });
    expect(stdout).toBe("source.orders\n");
  });
});
