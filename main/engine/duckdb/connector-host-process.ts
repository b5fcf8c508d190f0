// A process that reads files and databases anywhere, with SQL that Headrace generated; never a person's.

import { connectorCalls } from "./host/connector-calls.ts";
import { openConnectorInstance } from "./host/locked-instance.ts";
import { MemoryLimit } from "./host/memory.ts";
import { serve } from "./host/serve.ts";

serve(async (settings) => {
  const shared = await openConnectorInstance(settings);
  const memory = new MemoryLimit(settings.limits.memory);
  return { calls: connectorCalls(settings, shared, memory), memory };
});
