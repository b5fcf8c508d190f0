import { z } from "zod";

import { call, stream } from "../protocol/entry.ts";
import {
  planOptionsSchema,
  planSchema,
  runComparisonSchema,
  runEventsSchema,
  runOptionsSchema,
  runRecordSchema,
} from "../views/run-view.ts";
import { nothing } from "./fields.ts";

/** Planning and running, now and before. */
export const runCalls = {
  /** What a run would do to each node, and why. Touches nothing. */
  "plan.get": call({ input: planOptionsSchema, output: planSchema }),

  /** Starts a run; progress arrives on the `run.events` stream. */
  "run.start": call({ input: runOptionsSchema, output: z.object({ runId: z.string() }) }),
  /** Stops a run; resolves when it has been told, not when it has ended. */
  "run.cancel": call({ input: z.object({ runId: z.string() }), output: nothing }),
  /** The runs of this project as they happen, beginning with all events so far of one that is under way. */
  "run.events": stream({ input: nothing, event: runEventsSchema }),
  /** Every event of a past run. */
  "run.past": call({ input: z.object({ runId: z.string() }), output: runEventsSchema }),
  /** Two runs of the history, node by node. */
  "run.compare": call({ input: z.object({ from: z.string(), to: z.string() }), output: runComparisonSchema }),
  "run.history": call({
    input: z.object({ limit: z.int().min(1).max(1000).default(50) }),
    output: z.array(runRecordSchema),
  }),
} as const;
