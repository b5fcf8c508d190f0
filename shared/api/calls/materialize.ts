import { z } from "zod";

import { binary, call } from "../protocol/entry.ts";
import { pageHeadSchema, rangeSchema } from "../views/page-view.ts";
import {
  keyFactsSchema,
  targetDescriptionSchema,
  targetPreviewsSchema,
  targetSettingsSchema,
} from "../views/target-view.ts";
import { editing, node } from "./fields.ts";

/** Targets: what writing one would do, and how it is set. */
export const materializeCalls = {
  /**
   * What materializing a node would do on the real targets, or on one that its file does not have yet. Writes nothing.
   */
  "materialize.preview": call({
    input: z.object({ node, target: targetSettingsSchema.nullable().default(null) }),
    output: targetPreviewsSchema,
  }),
  /** A target as it is now, and how the node's columns would meet it. */
  "materialize.describe": call({
    input: z.object({ node, target: targetSettingsSchema }),
    output: targetDescriptionSchema,
  }),
  /** Whether columns identify the rows of the node's table; the whole table is looked at. */
  "materialize.keys": call({
    input: z.object({ node, keys: z.array(z.string().max(500)).max(100) }),
    output: keyFactsSchema,
  }),
  /** Writes one target into the node's file by the smallest edit; `null` as target takes it away. */
  "materialize.save": call({
    input: z.object({
      node,
      index: z.int().min(0).max(1000).nullable(),
      target: targetSettingsSchema.nullable(),
      ...editing,
    }),
    output: z.object({ index: z.number().nullable() }),
  }),
  /** Rows of a target itself, as whoever reads it sees them. */
  "materialize.page": binary({ input: rangeSchema.extend({ target: targetSettingsSchema }), head: pageHeadSchema }),
} as const;
