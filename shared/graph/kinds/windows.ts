import { z } from "zod";

/** `30d`, `12h`, `1mo`, `1y`: days are exact seconds, months and years calendar. */
export const windowSchema = z
  .union([
    z.string().regex(/^\d+\s*(s|m|h|d|w|mo|y)$/),
    z
      .number()
      .positive()
      .transform((days) => `${days}d`),
  ])
  .describe("30d, 12h, 1mo, 1y; a bare number means days");

/** `[lower, upper]`: age in whole days, both ends included. */
export const dayBoundsSchema = z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]);

export const functionNamesSchema = z.union([
  z.string().transform((name) => [name]),
  z.array(z.string()).min(1).describe("count, sum, avg, min, max, stddev, …"),
]);
