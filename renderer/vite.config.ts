// Builds the window into out/renderer: `vite build renderer`.
import { resolve } from "node:path";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
  resolve: {
    // Nothing else is called so: see shared/errors/window-catalogue.ts.
    alias: [
      {
        find: /^\.\/catalogue\.ts$/,
        replacement: resolve(import.meta.dirname, "../shared/errors/window-catalogue.ts"),
      },
    ],
  },
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    target: "es2023",
    // Inlined data: URLs of scripts would need a weaker policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  worker: { format: "es" },
});
