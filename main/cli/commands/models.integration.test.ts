import { rmSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";
import { z } from "zod";

import { runCli } from "../../../test-support/run-cli.ts";
import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { testDataDir } from "../../../test-support/temporary-project.ts";

const model = (hyperparameters: string): string => `kind: transform
name: rows
transform: select i * 7919 % 100 as x, i * 31 % 7 as z, i * 7919 % 100 > 50 as y from range(200) t(i)
---
kind: model
name: late
algorithm: logistic_regression
hyperparameters: ${hyperparameters}
target: y
inputs: [transform.rows]
split: {kind: random}
promote_if: accuracy > promoted.accuracy
`;

const listed = z.object({ version: z.string(), promoted: z.string(), value: z.string(), why: z.string() });

it("headrace models lists, shows and promotes what Python trained", { timeout: 300_000 }, async () => {
  await using folder = await temporaryFolder({ "headrace.yml": "name: late\n", "pipelines/m.yml": model("{}") });
  const environment = { HEADRACE_HOME: testDataDir, NO_COLOR: "1" };
  const headrace = (...args: readonly string[]) => runCli(args, { cwd: folder.root, environment });
  const list = async () => {
    const { stdout } = await headrace("models", "list", "--json");
    return stdout
      .trim()
      .split("\n")
      .map((line) => listed.parse(JSON.parse(line)));
  };
  const refusal = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await headrace("models", ...args);
    expect(stdout).toBe("");
    return [code, stderr.trim()];
  };

  expect((await headrace("models", "list")).stdout).toContain("0 rows");
  expect(await refusal("show", "late")).toEqual([
    1,
    "error model_not_trained\n  model.late has no trained version yet\n" +
      "  → Run it with `headrace run --full --nodes model.late`, or promote one with `headrace models promote`.",
  ]);

  expect((await headrace("run")).code).toBe(0);
  await folder.write({ "pipelines/m.yml": model("{C: 0.0001}") });
  expect((await headrace("run")).code).toBe(0);
  const [later, first, ...others] = await list();
  expect(others).toEqual([]);
  expect(first).toMatchObject({ promoted: "yes", value: "1", why: "no version is promoted yet" });
  expect(later).toMatchObject({
    promoted: "no",
    why: expect.stringMatching(/^not accuracy [\d.]+ > promoted.accuracy/),
  });
  const [before = "", after = ""] = [first?.version, later?.version];
  const table = (await headrace("models", "list", "model.late")).stdout;
  expect(table).toMatch(/^model +version +name +promoted +trained +algorithm +metric +value +baseline +why\n/);
  expect(table).toContain("2 rows");

  const card = (await headrace("models", "show", "late")).stdout;
  expect(card).toMatch(new RegExp(`^# model.late ${before}\n\nPredicts \`y\``));
  expect(card).toContain("| roc_auc | 1 | 0.5 | ");
  expect(card).toMatch(new RegExp(`target/models/late/${before}; promoted: no version is promoted yet\n$`));
  const shown: unknown = JSON.parse((await headrace("models", "show", "late", "latest", "--json")).stdout);
  expect(shown).toMatchObject({ version: after, is_promoted: false, main_metric: "roc_auc", train_rows: 160 });

  expect(await refusal("list", "laet")).toEqual([
    2,
    "error model_not_found\n  There is no model laet\n  → Did you mean late?",
  ]);
  expect(await refusal("promote", "late")).toEqual([2, expect.stringContaining("missing required argument 'version'")]);
  expect(await refusal("promote", "late", `${after}0`)).toEqual([
    2,
    `error model_version_unknown\n  model.late has no version ${after}0\n  → Did you mean ${after}?`,
  ]);
  expect((await list()).map(({ promoted }) => promoted)).toEqual(["no", "yes"]);

  expect((await headrace("models", "promote", "late", "latest")).stdout).toBe(
    `${after} is promoted: predictions use it from their next run on.\n`,
  );
  expect(
    (await list()).map(({ version, promoted, why }) => [version, promoted, why.startsWith("by hand; not")]),
  ).toEqual([
    [after, "yes", true],
    [before, "no", false],
  ]);
  expect((await headrace("models", "show", "late")).stdout).toContain(`# model.late ${after}`);

  rmSync(join(folder.root, "target/models/late", after, "report.json"));
  expect(await refusal("show", "late")).toEqual([
    1,
    `error model_version_gone model.late\n  The files of version ${after} of model.late are gone\n` +
      "  → Train it again with `headrace run --full --nodes model.late`.",
  ]);
});
