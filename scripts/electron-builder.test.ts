import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { root } from "./run-steps.ts";

interface Builder {
  getConfig(folder: string, file: string, options: null): Promise<Record<string, unknown>>;
  validateConfiguration(config: object, log: object): Promise<void>;
}

/** electron-builder's own reading and checking of its configuration; neither looks for an Electron. */
const builder = async (): Promise<Builder> => {
  const inside = join(root, "node_modules/app-builder-lib/out/util/config/config.js");
  const loaded: { default?: Builder } & Partial<Builder> = await import(inside);
  return (loaded.default ?? loaded) as Builder;
};

const quiet = { isEnabled: false, add: () => undefined };

describe("the installers' configuration", () => {
  it.each(["electron-builder.yml", "electron-builder.test.yml"])("is what electron-builder takes: %s", async (file) => {
    const { getConfig, validateConfiguration } = await builder();
    await validateConfiguration(await getConfig(root, file, null), quiet);
    const wrong = { ...(await getConfig(root, file, null)), asarUnpakc: [] };
    await expect(validateConfiguration(wrong, quiet)).rejects.toThrow(/asarUnpakc/);
  });

  it("has installers for every system, closed fuses, and native parts beside the archive", async () => {
    const { getConfig } = await builder();
    const { linux, mac, win, electronFuses, asarUnpack, npmRebuild } = await getConfig(
      root,
      "electron-builder.yml",
      null,
    );
    expect({ linux, mac, win, npmRebuild }).toMatchObject({
      linux: { target: ["AppImage", "deb"] },
      mac: { target: ["dmg"] },
      win: { target: ["nsis"] },
      npmRebuild: false,
    });
    expect(electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
    expect(asarUnpack).toContain("node_modules/@duckdb/node-bindings-*/**");
  });

  it("leaves nothing but the inspector open in the package that tests attach to", async () => {
    const { getConfig } = await builder();
    const product = await getConfig(root, "electron-builder.yml", null);
    const tested = await getConfig(root, "electron-builder.test.yml", null);
    expect(tested["electronFuses"]).toEqual({
      ...(product["electronFuses"] as object),
      enableNodeCliInspectArguments: true,
    });
  });
});
