import { expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { runInTerminal } from "../../test-support/run-in-terminal.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";

it("keeps secrets by pipe or hidden prompt, lists names alone, forgets them", async () => {
  await using folder = await temporaryFolder();
  const at = { cwd: folder.root, environment: { HEADRACE_HOME: folder.path("home") } };
  const piped = await runCli(["secret", "set", "warehouse"], { ...at, input: "geheim\n" });
  expect([piped.code, piped.stdout]).toEqual([0, expect.stringContaining("${secret:warehouse}")]);

  let isTyped = false;
  const prompted = await runInTerminal(["secret", "set", "other"], {
    ...at,
    columns: 80,
    rows: 10,
    onScreen(screen, press) {
      if (isTyped || !screen.all().join("").includes("Value of other")) return;
      isTyped = true;
      press("verborgen\r");
    },
  });
  expect(prompted.code).toBe(0);
  expect(prompted.screen.all().join("\n")).not.toContain("verborgen");
  const listed = await runCli(["secret", "list"], at);
  expect(listed.stdout).toBe("other\nwarehouse\n");
  expect(await folder.read("home/secrets/secrets.json")).toContain("verborgen");
  expect((await runCli(["secret", "remove", "other"], at)).code).toBe(0);
  expect((await runCli(["secret", "remove", "other"], at)).stderr).toContain("There is no secret other");
  expect((await runCli(["secret", "set", "empty"], { ...at, input: "\n" })).code).toBe(2);
});
