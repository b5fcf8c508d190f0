import { z } from "zod";

import type { YamlPath } from "../../yaml/document.ts";
import { schemasAt } from "./schema-level.ts";

/** The keys a schema accepts in the object at `path`: every branch of every union counts. */
export const validKeysOf =
  (schema: z.ZodType) =>
  (path: YamlPath): readonly string[] => [
    ...new Set(
      schemasAt(schema, path).flatMap((inner) => (inner instanceof z.ZodObject ? Object.keys(inner.shape) : [])),
    ),
  ];
