import { chmod, stat } from "node:fs/promises";

import { expect, it } from "vitest";

import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { readSecret, secretNames, writeSecret } from "./secret-file.ts";

it("keeps secrets in a file of the person's alone, and says their names only", async () => {
  await using folder = await temporaryFolder();
  const { root } = folder;
  expect([secretNames(root), readSecret(root, "db")]).toEqual([[], null]);
  expect(await writeSecret(root, "db", "geheim ü")).toBe(false);
  expect(await writeSecret(root, "a.b-c", "2")).toBe(false);
  expect([secretNames(root), readSecret(root, "db"), readSecret(root, "toString")]).toEqual([
    ["a.b-c", "db"],
    "geheim ü",
    null,
  ]);
  expect(await writeSecret(root, "db", null)).toBe(true);
  expect(secretNames(root)).toEqual(["a.b-c"]);
  await expect(writeSecret(root, "../x", "1")).rejects.toMatchObject({ code: "secret_name_invalid" });
});

it.skipIf(process.platform === "win32")(
  "is readable by its owner alone, and refuses a file that others may read",
  async () => {
    await using folder = await temporaryFolder();
    await writeSecret(folder.root, "db", "hidden-word");
    const path = folder.path("secrets/secrets.json");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o644);
    expect(() => readSecret(folder.root, "db")).toThrow(/Others on this machine may read/);
  },
);

it("refuses a file that is damaged, without quoting it", async () => {
  await using folder = await temporaryFolder();
  await writeSecret(folder.root, "db", "hidden-word");
  const path = folder.path("secrets/secrets.json");
  await folder.write({ "secrets/secrets.json": '{"db": "hidden-word"' });
  await chmod(path, 0o600);
  const error = await writeSecret(folder.root, "x", "1").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "secret_file_damaged" });
  expect(JSON.stringify(error)).not.toContain("hidden-word");
});
