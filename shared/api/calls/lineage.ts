import { z } from "zod";

import { call } from "../protocol/entry.ts";
import {
  columnBreaksSchema,
  columnLineageSchema,
  columnMentionsSchema,
  nodeLineageSchema,
} from "../views/lineage-view.ts";
import { column, node } from "./fields.ts";

/** Which columns each column is made of. */
export const lineageCalls = {
  /** A node's columns, each with what it is made of. */
  "lineage.node": call({ input: z.object({ node }), output: nodeLineageSchema }),
  /** One column's way through the project, up and down. Throws `lineage_column_unknown`. */
  "lineage.columns": call({ input: z.object({ table: node, column }), output: columnLineageSchema }),
  /** What would no longer run if a column went. */
  "lineage.breaks": call({ input: z.object({ table: node, column }), output: columnBreaksSchema }),
  /** Every edit that gives a column another name, for one `rename-column` command. Writes nothing. */
  "lineage.mentions": call({ input: z.object({ table: node, column, to: column }), output: columnMentionsSchema }),
} as const;
