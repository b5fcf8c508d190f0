// A process that runs people's SQL, one job at a time, in an instance that reaches nothing but its inputs.

import { serve } from "./host/serve.ts";
import { sqlCalls } from "./host/sql-calls.ts";
import { Workspace } from "./host/workspace.ts";

serve(async (settings) =>
  sqlCalls(settings, await Workspace.open({ ...settings, limits: { ...settings.limits, threads: 1 } })),
);
