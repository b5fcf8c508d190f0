// A process that runs people's SQL, one job at a time, in an instance that reaches nothing but its inputs.

import { MemoryLimit } from "./host/memory.ts";
import { serve } from "./host/serve.ts";
import { sqlCalls } from "./host/sql-calls.ts";
import { Workspace } from "./host/workspace.ts";

serve(async (settings) => {
  const oneThread = { ...settings, limits: { ...settings.limits, threads: 1 } };
  const small = await Workspace.open(oneThread);
  const memory = new MemoryLimit(settings.limits.memory);
  return { calls: sqlCalls(settings, small, memory), memory };
});
