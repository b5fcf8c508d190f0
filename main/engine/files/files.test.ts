import { chmod, link, mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { acquireProjectLock, hashFile, linkFile, replaceFile, stableHash, stampOf } from "./index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headrace-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("replaceFile", () => {
  it("leaves the new bytes, the old mode and nothing else", async () => {
    const path = join(folder, "a.txt");
    await writeFile(path, "old");
    await chmod(path, 0o640);
    await replaceFile(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(["a.txt"]);
  });

  it("writes through a symbolic link and keeps it", async () => {
    await writeFile(join(folder, "real.txt"), "old");
    await symlink("real.txt", join(folder, "link.txt"));
    await replaceFile(join(folder, "link.txt"), "new");
    expect(await readFile(join(folder, "real.txt"), "utf8")).toBe("new");
  });

  it("leaves no temporary file behind when the folder's entry cannot be replaced", async () => {
    await writeFile(join(folder, "x"), "");
    const path = join(folder, "taken");
    await import("node:fs/promises").then(({ mkdir }) => mkdir(join(path, "inside"), { recursive: true }));
    await expect(replaceFile(path, "new")).rejects.toThrow(/EISDIR|ENOTEMPTY|directory/);
    expect((await readdir(folder)).toSorted()).toEqual(["taken", "x"]);
  });
});

describe("linkFile", () => {
  it("replaces another file in one step", async () => {
    await writeFile(join(folder, "a"), "a");
    await writeFile(join(folder, "b"), "b");
    linkFile(join(folder, "a"), join(folder, "b"));
    expect(await readFile(join(folder, "b"), "utf8")).toBe("a");
    expect((await stat(join(folder, "b"))).ino).toBe((await stat(join(folder, "a"))).ino);
  });

  it("leaves no temporary name when it already is a link to the file", async () => {
    await writeFile(join(folder, "a"), "a");
    await link(join(folder, "a"), join(folder, "b"));
    linkFile(join(folder, "a"), join(folder, "b"));
    expect((await readdir(folder)).toSorted()).toEqual(["a", "b"]);
  });
});

describe("stampOf", () => {
  it("differs after an edit of the same length whose time was put back", async () => {
    const path = join(folder, "orders.csv");
    await writeFile(path, "a,1\n");
    const before = stampOf(path);
    const { atime, mtime } = await stat(path);
    await writeFile(path, "a,2\n");
    await utimes(path, atime, mtime);
    expect(stampOf(path)).not.toBe(before);
  });

  it("is null for what is not a file", () => {
    expect(stampOf(folder)).toBeNull();
    expect(stampOf(join(folder, "nothing"))).toBeNull();
  });
});

it("hashes a file's bytes and a value's meaning", async () => {
  await writeFile(join(folder, "a"), "abc");
  expect(await hashFile(join(folder, "a"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(stableHash({ a: 1, b: { c: 2, d: 3 } })).toBe(stableHash({ b: { d: 3, c: 2 }, a: 1 }));
  expect(stableHash(["a", "b"])).not.toBe(stableHash(["b", "a"]));
});

describe("acquireProjectLock", () => {
  it("begins nothing where the project was before it was moved away", async () => {
    const gone = join(folder, "moved");
    await expect(acquireProjectLock(join(gone, "target"))).rejects.toMatchObject({ code: "project_not_found" });
    await expect(stat(gone)).rejects.toThrow("ENOENT");
  });

  it("is held by one and free again afterwards", async () => {
    {
      using _held = await acquireProjectLock(folder);
      await expect(acquireProjectLock(folder)).rejects.toMatchObject({ code: "project_locked" });
    }
    (await acquireProjectLock(folder))[Symbol.dispose]();
  });
});
