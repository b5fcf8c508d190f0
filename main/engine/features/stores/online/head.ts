import { z } from "zod";

import type { OnlineHead } from "./online-store.ts";

const columnsSchema = z.array(z.object({ name: z.string(), type: z.string() }));

/** A head as stores keep it. */
export const headSchema = z.object({ columns: z.string(), table_hash: z.string() });

export const keptText = ({ columns }: OnlineHead): string => JSON.stringify(columns);

export const parsedHead = ({ columns, table_hash: table }: z.output<typeof headSchema>): OnlineHead => ({
  columns: columnsSchema.parse(JSON.parse(columns)),
  table,
});
