import { spawn } from "node:child_process";
import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";

import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";

import { exposure, failureIn, projectWith, run, table } from "../../../test-support/projects/exposures.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

describe("files", () => {
  it("are written in every format with the same rows, dates as ISO 8601", async () => {
    const formats = ["csv", "parquet", "json", "jsonl", "xlsx", "arrow"];
    const names = formats.map((format) => `to_${format}`);
    await using project = await temporaryProject({
      "pipelines/orders.yml": table,
      ...Object.fromEntries(
        formats.map((format, at) => [
          `pipelines/${format}.yml`,
          exposure(`type: file\nparams: {path: out/orders.${format}}`, names[at]),
        ]),
      ),
    });
    const first = await project.run();
    expect(first.summary.failed).toBe(0);
    expect(await project.read("out/orders.csv")).toBe(
      "id,big,amount,sold,note\n1,9007199254740993,12.50,2024-01-02T03:04:05.600000,a\n" +
        '2,,-0.10,,"it\'s ""b"", c"\n3,7,0.00,2024-02-02T00:00:00.000000,""\n',
    );
    const json = await project.read("out/orders.json");
    expect(json).toContain('"big":9007199254740993');
    expect((JSON.parse(json) as { sold: string }[]).map(({ sold }) => sold)).toEqual([
      "2024-01-02T03:04:05.600000",
      null,
      "2024-02-02T00:00:00.000000",
    ]);
    expect((await project.read("out/orders.jsonl")).trim().split("\n")).toHaveLength(3);
    const arrow = tableFromIPC(await readFile(project.path("out/orders.arrow")));
    expect(arrow.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
      "id Int32",
      "big Int64",
      "amount Decimal[18e+2]",
      "sold Timestamp<MICROSECOND>",
      "note Utf8",
    ]);
    expect([...(arrow.getChild("big") ?? [])]).toEqual([9007199254740993n, null, 7n]);
    expect([...(arrow.getChild("note") ?? [])]).toEqual(["a", `it's "b", c`, ""]);
    expect((await stat(project.path("out/orders.xlsx"))).size).toBeGreaterThan(1000);
    // What stands there already is not written again.
    const before = await stat(project.path("out/orders.csv"));
    const second = await project.run();
    expect((await stat(project.path("out/orders.csv"))).ino).toBe(before.ino);
    expect(second.results["exposure.to_csv"]?.metadata).toMatchObject({ delivered: { written: false } });
    await writeFile(project.path("out/orders.csv"), "changed by somebody");
    await project.run();
    expect(await project.read("out/orders.csv")).toContain("9007199254740993");
    // The table itself can be looked at.
    expect(await project.rows("exposure.to_csv")).toHaveLength(3);
  });

  it("hold only the columns in use, and are folders where partitions are asked for", async () => {
    await using project = await projectWith(
      "type: file\nuses: [NOTE, id]\nformat: csv\nparams: {path: out/by_note, partition_by: note, compression: gzip}",
    );
    const result = await run(project);
    expect(result?.error).toBeNull();
    const files = (await readdir(project.path("out/by_note"), { recursive: true })).toSorted();
    expect(files.filter((name) => name.includes("=")).length).toBeGreaterThan(3);
    expect(files.every((name) => !name.includes(".tmp"))).toBe(true);
    expect(Object.keys((await project.rows("exposure.shop"))[0] ?? {})).toEqual(["note", "id"]);
    // A second table takes the folder's place as a whole.
    await project.write({ "pipelines/orders.yml": table.replace("'a'", "'z'") });
    await project.run();
    expect((await readdir(project.path("out/by_note"))).toSorted()).toContain("note=z");
    expect(await readdir(project.path("out/by_note"))).not.toContain("note=a");
    expect(await readdir(project.path("out"))).toEqual(["by_note"]);
  });

  it("are refused outside the project, through links, over its own files and over other folders", async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["../out.csv", "leads out of the project"],
      ["/tmp/out.csv", "must be relative"],
      ["pipelines/orders.csv", "not for results"],
      ["target/run_state.csv", "not for results"],
      ["headrace.yml", "not for results"],
      ["out/../../x.csv", "leads out of the project"],
    ];
    await using any = await projectWith("type: dashboard");
    for (const [path, why] of cases) {
      const error = await failureIn(any, `type: file\nformat: csv\nparams: {path: ${path}}`);
      expect([path, error?.code, error?.message]).toEqual([
        path,
        "exposure_path_refused",
        expect.stringContaining(why),
      ]);
    }
    await using project = await projectWith("type: file\nformat: csv\nparams: {path: out/x.csv}");
    await symlink("/tmp", project.path("out"));
    expect((await run(project))?.error).toMatchObject({
      code: "exposure_path_refused",
      message: expect.stringContaining("a link in it"),
    });
    await using other = await projectWith("type: file\nformat: csv\nparams: {path: mine, partition_by: id}", {
      "mine/notes.txt": "kept",
    });
    expect((await run(other))?.error?.message).toContain("a folder with other things in it");
    expect(await other.read("mine/notes.txt")).toBe("kept");
  });

  it("come out whole of a run that was killed while it wrote one", async () => {
    await using project = await projectWith("type: file\nparams: {path: out/big.csv}", {
      "pipelines/orders.yml":
        "kind: transform\nname: orders\ntransform: select i as id, 'x' || i as note from range(4000000) r(i)\n",
    });
    await project.write({ "out/big.csv": "old\n" });
    const child = spawn(process.execPath, ["main/cli/main.ts", "run", "-C", project.root], {
      detached: true,
      stdio: "ignore",
    });
    await expect
      .poll(async () => (await readdir(project.path("out"))).some((name) => name.endsWith(".tmp")), {
        timeout: 60_000,
        interval: 20,
      })
      .toBe(true);
    process.kill(-(child.pid ?? 0), "SIGKILL");
    expect(await project.read("out/big.csv")).toBe("old\n");
    await project.write({
      "pipelines/orders.yml": "kind: transform\nname: orders\ntransform: select i as id from range(1000) r(i)\n",
    });
    await expect.poll(async () => (await run(project))?.status, { timeout: 60_000, interval: 500 }).toBe("SUCCESS");
    expect(await readdir(project.path("out"))).toEqual(["big.csv"]);
    expect((await project.read("out/big.csv")).split("\n")).toHaveLength(1002);
  }, 180_000);
});
