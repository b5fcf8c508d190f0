import { z } from "zod";

import type { YamlPath } from "../../yaml/document.ts";

/** The keys a schema accepts in the object at `path`: every branch of every union counts. */
export const validKeysOf =
  (schema: z.ZodType) =>
  (path: YamlPath): readonly string[] => {
    let level = flatten(schema);
    for (const part of path) level = level.flatMap((inner) => child(inner, part));
    return [...new Set(level.flatMap((inner) => (inner instanceof z.ZodObject ? Object.keys(inner.shape) : [])))];
  };

const child = (schema: z.ZodType, part: string | number): readonly z.ZodType[] => {
  if (schema instanceof z.ZodObject) {
    const next = (schema.shape as Readonly<Record<string, z.ZodType>>)[String(part)];
    return next === undefined ? [] : flatten(next);
  }
  if (schema instanceof z.ZodArray) return flatten(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return flatten(schema.valueType as z.ZodType);
  return [];
};

/** What a schema is underneath: optional, default and transformed ones unwrapped, unions spread out. */
const flatten = (schema: z.ZodType): readonly z.ZodType[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return flatten(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return flatten(schema.in as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => flatten(option as z.ZodType));
  return [schema];
};
