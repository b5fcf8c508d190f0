import { z } from "zod";

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { SourcePlan } from "./connector.ts";

const isEncoding = (label: string): boolean => {
  try {
    return new TextDecoder(label).encoding !== "";
  } catch {
    return false;
  }
};

/** A name of the WHATWG encoding standard, e.g. `windows-1252`. */
export const encodingSchema = z
  .string()
  .refine(isEncoding, "no such encoding; try utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis or gb18030");

/** `params.encoding`; `null` when the file tells. Throws `source_option_invalid`. */
export const encodingOption = (plan: SourcePlan): string | null => {
  const parsed = encodingSchema.nullish().safeParse(plan.options["encoding"]);
  if (parsed.success) return parsed.data ?? null;
  const params = { node: plan.node, option: "encoding", detail: parsed.error.issues[0]?.message ?? "" };
  throw new ExecutorValidationError("source_option_invalid", { node: plan.node, params });
};
