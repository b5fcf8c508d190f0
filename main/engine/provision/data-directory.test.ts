import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { dataDirectory } from "./index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "headrace-test-data-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const onLinux = process.platform === "linux";

describe("dataDirectory", () => {
  it("is where HEADRACE_HOME says, for its owner alone", () => {
    const chosen = join(folder, "a", "b");
    expect(dataDirectory({ HEADRACE_HOME: chosen, HOME: "/nowhere" })).toBe(chosen);
    expect(statSync(chosen).mode & 0o777).toBe(0o700);
    expect(dataDirectory({ HEADRACE_HOME: chosen })).toBe(chosen);
  });

  it.runIf(onLinux)("follows XDG_DATA_HOME, unless it is relative, and HOME", () => {
    expect(dataDirectory({ XDG_DATA_HOME: join(folder, "xdg"), HOME: folder })).toBe(join(folder, "xdg", "headrace"));
    const inHome = join(folder, ".local", "share", "headrace");
    expect(dataDirectory({ XDG_DATA_HOME: "relative", HOME: folder })).toBe(inHome);
    expect(dataDirectory({ XDG_DATA_HOME: "", HOME: folder })).toBe(inHome);
  });

  it.runIf(onLinux).each([
    ["no HOME", () => ({})],
    ["an empty HOME", () => ({ HOME: "" })],
    ["a HOME that is a file", () => ({ HOME: join(folder, "file") })],
    ["a folder that the system does not let anyone make", () => ({ HEADRACE_HOME: "/proc/headrace" })],
  ])("says what to do with %s", (_, environment) => {
    writeFileSync(join(folder, "file"), "");
    expect(() => dataDirectory(environment())).toThrow(
      expect.objectContaining({ code: "data_folder_unusable", next: expect.stringContaining("HEADRACE_HOME") }),
    );
  });
});
