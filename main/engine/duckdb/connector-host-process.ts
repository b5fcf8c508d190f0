// A process that reads files and databases anywhere, with SQL that Headrace generated; never a person's.

import { connectorCalls } from "./host/connector-calls.ts";
import { openConnectorInstance } from "./host/locked-instance.ts";
import { serve } from "./host/serve.ts";

serve(async (settings) => connectorCalls(settings, await openConnectorInstance(settings)));
