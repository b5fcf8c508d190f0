import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { testDataDir } from "../../test-support/test-data-dir.ts";
import { StudioPage } from "../pages/studio-page.ts";
import { expect, test } from "../support/fixtures.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const id = "transform.figures";

test("a card says that the Python environment of its node is made before the node runs", async ({
  page,
  complaints,
}) => {
  void complaints;
  await using project = await ownProject({
    "headrace.yml": "name: environments\n",
    "pipelines/figures.yml": "kind: transform\nname: figures\nfile: figures.py\nfunction: figures\n",
    "pipelines/figures.py": 'import pyarrow as pa\n\ndef figures(ctx):\n    return pa.table({"number": [1, 2, 3]})\n',
  });
  // A machine that has no environments yet, but the tool that makes them.
  const home = await mkdtemp(join(tmpdir(), "headrace-e2e-environment-"));
  await mkdir(join(testDataDir, "tools"), { recursive: true });
  await symlink(join(testDataDir, "tools"), join(home, "tools"));
  try {
    await using host = await startStudio(project.root, { HEADRACE_HOME: home });
    const studio = new StudioPage(page);
    await studio.open(host.url);
    await studio.canvas.select(id);
    const seen = await studio.canvas.statesFromNowOn(id);
    await page.keyboard.press("Control+Enter");
    await expect.poll(async () => (await seen()).at(-1), { timeout: 120_000 }).toBe("ok");
    const states = await seen();
    expect(states).toContain("building");
    expect(states.indexOf("running")).toBeGreaterThan(states.indexOf("building"));
    await expect(studio.canvas.card(id)).toContainText("3 rows");
    await page.goto("about:blank");
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
