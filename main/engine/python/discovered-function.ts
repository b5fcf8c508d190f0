import { z } from "zod";

/** What the importing process tells of a file's decorated functions. */
export const discoveredSchema = z.array(
  z.object({
    function: z.string(),
    kind: z.string(),
    name: z.string(),
    /** 1-based line of the function. */
    line: z.number(),
    /** Keyword arguments of the kind's decorator. */
    options: z.record(z.string(), z.unknown()),
    /** Keyword arguments of each `@materialize`, from the top down. */
    materializations: z.array(z.record(z.string(), z.unknown())),
  }),
);
/** A decorated function as its decorators describe it, arguments computed. */
export type DiscoveredFunction = z.output<typeof discoveredSchema>[number];
