import { z } from "zod";

/** What a schema is underneath: optional, default and transformed ones unwrapped, unions spread out. */
const unwrapped = (schema: z.ZodType): readonly z.ZodType[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unwrapped(option as z.ZodType));
  return [schema];
};

const child = (schema: z.ZodType, part: string | number): readonly z.ZodType[] => {
  if (schema instanceof z.ZodObject) {
    const next = (schema.shape as Readonly<Record<string, z.ZodType>>)[String(part)];
    return next === undefined ? [] : unwrapped(next);
  }
  if (schema instanceof z.ZodArray) return unwrapped(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return unwrapped(schema.valueType as z.ZodType);
  return [];
};

/** The schemas that a value at `path` may meet: every branch of every union counts. */
export const schemasAt = (schema: z.ZodType, path: readonly (string | number)[]): readonly z.ZodType[] => {
  let level = unwrapped(schema);
  for (const part of path) level = level.flatMap((inner) => child(inner, part));
  return level;
};
