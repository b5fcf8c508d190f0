import { readFileSync } from "node:fs";
import { join } from "node:path";

import { packageRoot } from "../engine/index.ts";

/** Headrace's own version, from its package.json. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return "unknown";
  return String(manifest.version);
}
