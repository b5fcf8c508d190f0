// A process that runs people's SQL, one job at a time, in an instance that reaches nothing but its inputs.

import { openLockedInstance } from "./host/locked-instance.ts";
import { serve } from "./host/serve.ts";
import { sqlCalls } from "./host/sql-calls.ts";

serve(async (settings) => sqlCalls(settings, await openLockedInstance(settings)));
