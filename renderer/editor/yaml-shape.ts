import { z } from "zod";

import { schemasAt } from "../../shared/graph/kinds/schema-level.ts";

/** What a schema takes at a place. */
export interface FieldShape {
  readonly keys: readonly { readonly name: string; readonly help: string | null; readonly isRequired: boolean }[];
  /** Words that a value may be, where they are few. */
  readonly values: readonly string[];
}

/** What is valid at a path: every branch of every union counts. */
export const shapeAt = (schema: z.ZodType, path: readonly (string | number)[]): FieldShape => {
  const level = schemasAt(schema, path);
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
