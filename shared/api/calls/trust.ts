import { z } from "zod";

import { call } from "../protocol/entry.ts";
import { nothing } from "./fields.ts";

/** Which folders the person trusts. */
export const trustCalls = {
  /** Whether the person trusts this window's project: until then nothing of it is run, imported or connected to. */
  "trust.get": call({ input: nothing, output: z.object({ trusted: z.boolean() }) }),
  "trust.grant": call({ input: nothing, output: nothing }),
  "trust.list": call({
    input: nothing,
    output: z.array(z.object({ folder: z.string(), time: z.string() })),
  }),
  "trust.revoke": call({ input: z.object({ folder: z.string().max(4096) }), output: nothing }),
} as const;
