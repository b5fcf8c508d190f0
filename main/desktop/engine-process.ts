// The engine as a process of its own, started and supervised by the desktop's main process.

import { openMainLink } from "./processes/main-link.ts";
import { missingParts } from "./processes/missing-parts.ts";

const start = async (): Promise<void> => {
  const link = openMainLink();
  const missing = missingParts();
  if (missing !== null) return link.send({ type: "unusable", detail: missing });
  // Loaded only now: the engine's own imports would fail without what was looked for.
  const { serveWindows } = await import("./processes/serve-windows.ts");
  return serveWindows(link);
};

void start();
