import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { shop } from "../../test-support/projects/shop-files.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";

const launcher = fileURLToPath(new URL("./launch.mjs", import.meta.url));

const slow = {
  ...shop,
  "pipelines/slow.yml":
    "kind: transform\nname: slow\ntransform: |\n  select count(*) as n from range(100000000) a, range(10000000) b where a.range % 7 = b.range % 11\n",
};

describe("stopping", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s cancels the run, says so and exits with 130", async (signal) => {
    await using folder = await temporaryFolder(slow);
    let sent = false;
    const start = performance.now();
    const result = await runCli(["run", "--max-workers", "2"], {
      cwd: folder.root,
      onOutput(printed, send) {
        if (sent || !printed.includes("source.orders")) return;
        sent = true;
        setTimeout(() => send(signal), 500);
      },
    });
    expect(result).toMatchObject({ code: 130, signal: null, stderr: "" });
    expect(result.stdout).toContain("stopping …");
    expect(result.stdout).toMatch(/cancelled +transform\.slow/);
    expect(result.stdout).toMatch(/Cancelled: .*[12] cancelled in /);
    expect(performance.now() - start).toBeLessThan(20_000);

    const { stdout } = await runCli(["plan"], { cwd: folder.root });
    expect(stdout).toContain("up to date");
  });

  it("ends quietly when the reader goes away", async () => {
    await using folder = await temporaryFolder(shop);
    const sql = "select range as n, repeat('x', 1000) as text from range(20000)";
    const command = `"$0" "$1" query "$2" -n 20000 --csv | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await promisify(execFile)("bash", ["-c", command, process.execPath, launcher, sql], {
      cwd: folder.root,
    });
    expect(stdout).toBe("n,text\n0\n");
    expect(stderr).toBe("");
  });
});
