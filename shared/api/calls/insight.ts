import { z } from "zod";

import { call } from "../protocol/entry.ts";
import { featureGroupViewSchema, windowsViewSchema } from "../views/insight-view.ts";
import { modelDetailsSchema, modelListingSchema } from "../views/model-view.ts";
import { node, nothing } from "./fields.ts";

/** What panels show of one kind alone. */
export const insightCalls = {
  "features.show": call({ input: z.object({ node }), output: featureGroupViewSchema }),
  /** The SELECT of every key's features as they were at a moment (without a zone, UTC). */
  "features.as-of": call({
    input: z.object({ node, at: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?$/) }),
    output: z.object({ sql: z.string() }),
  }),

  /** An aggregation's windows over a histogram of its events; `null` when it looks at no time. */
  "windows.show": call({ input: z.object({ node }), output: windowsViewSchema.nullable() }),

  /** Every model with its versions; a model that was never trained has none. */
  "models.list": call({ input: nothing, output: z.array(modelListingSchema) }),
  /** One version in full: by id or label, `promoted` or `latest`; `null` for the promoted one, else the latest. */
  "models.show": call({
    input: z.object({ node, version: z.string().max(200).nullable().default(null) }),
    output: modelDetailsSchema,
  }),
  /** Makes a version the one that `predict` uses where it names none. Throws while a run is under way. */
  "models.promote": call({
    input: z.object({ node, version: z.string().min(1).max(200) }),
    output: z.object({ version: z.string() }),
  }),
} as const;
