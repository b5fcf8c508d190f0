import { z } from "zod";

/** `30d`, `12h`, `1mo`, `1y`: days are exact seconds, months and years calendar. */
export const windowSchema = z
  .union([
    z.string().regex(/^[1-9]\d{0,5}\s*(s|m|h|d|w|mo|y)$/),
    z
      .number()
      .int()
      .positive()
      .max(999_999)
      .transform((days) => `${days}d`),
  ])
  .describe("30d, 12h, 1mo, 1y; a bare number means days");

/** `[lower, upper]`: age in whole days, both ends included. */
export const dayBoundsSchema = z
  .tuple([z.number().int().nonnegative().max(999_999), z.number().int().nonnegative().max(999_999)])
  .refine(([lower, upper]) => lower <= upper, { message: "the first day must not be after the second" });

export const functionNamesSchema = z.union([
  z.string().transform((name) => [name]),
  z.array(z.string()).min(1).describe("count, sum, avg, min, max, stddev, …"),
]);
