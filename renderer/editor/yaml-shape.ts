import { z } from "zod";

/** What a schema takes at a place. */
export interface FieldShape {
  readonly keys: readonly { readonly name: string; readonly help: string | null; readonly isRequired: boolean }[];
  /** Words that a value may be, where they are few. */
  readonly values: readonly string[];
}

/** What is valid at a path: every branch of every union counts. */
export const shapeAt = (schema: z.ZodType, path: readonly (string | number)[]): FieldShape => {
  let level = spread(schema);
  for (const part of path) level = level.flatMap((inner) => childOf(inner, part));
  const keys = level.flatMap((inner) =>
    inner instanceof z.ZodObject
      ? Object.entries(inner.shape as Readonly<Record<string, z.ZodType>>).map(([name, child]) => ({
          name,
          help: helpOf(child),
          isRequired: !child.safeParse(undefined).success,
        }))
      : [],
  );
  const byName = new Map(keys.map((key) => [key.name, key]));
  return { keys: [...byName.values()], values: [...new Set(level.flatMap(wordsOf))] };
};

const childOf = (schema: z.ZodType, part: string | number): readonly z.ZodType[] => {
  if (schema instanceof z.ZodObject) {
    const next = (schema.shape as Readonly<Record<string, z.ZodType>>)[String(part)];
    return next === undefined ? [] : spread(next);
  }
  if (schema instanceof z.ZodArray) return spread(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return spread(schema.valueType as z.ZodType);
  return [];
};

/** What a schema is underneath: optional, default and transformed ones unwrapped, unions spread out. */
const spread = (schema: z.ZodType): readonly z.ZodType[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return spread(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return spread(schema.in as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => spread(option as z.ZodType));
  return [schema];
};

const helpOf = (schema: z.ZodType): string | null => {
  if (schema.description !== undefined) return schema.description;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return helpOf(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodPipe ? helpOf(schema.in as z.ZodType) : null;
};

const wordsOf = (schema: z.ZodType): readonly string[] => {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  return schema instanceof z.ZodBoolean ? ["true", "false"] : [];
};
