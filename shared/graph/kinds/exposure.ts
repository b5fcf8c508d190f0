import { z } from "zod";

import { commonShape } from "./common.ts";
import { defineKind } from "./kind.ts";

export const exposureKind = defineKind({
  kind: "exposure",
  label: "Exposure",
  description: "Hands a result to who uses it: a dashboard, a file, an API.",
  schema: z.strictObject({
    ...commonShape,
    type: z.enum(["dashboard", "api", "file", "report", "notebook", "ml", "application", "database"]),
    url: z.string().optional().describe("{TOKEN} is filled from the environment"),
    format: z.enum(["csv", "parquet", "json", "jsonl", "xlsx", "arrow"]).optional(),
    uses: z.array(z.string()).optional().describe("Columns that are read"),
    contract: z
      .union([
        z.string(),
        z.strictObject({
          schema: z.unknown().optional(),
          primary_key: z.union([z.string(), z.array(z.string())]).optional(),
          freshness: z.unknown().optional(),
          rows: z.unknown().optional(),
          file: z.string().optional(),
        }),
      ])
      .optional(),
    check: z.enum(["none", "syntax", "reachable"]).optional(),
    allow_private: z.boolean().optional(),
  }),
});
