import { z } from "zod";

import { ExecutorValidationError } from "../../../../shared/errors/index.ts";
import type { SourcePlan } from "../connector.ts";
import { encodingSchema } from "../encoding-option.ts";
import type { CsvOptions } from "./dialect.ts";

/** Names that `params` may use; several spellings of one option are read. */
export const csvOptionNames = [
  "delimiter",
  "delim",
  "sep",
  "header",
  "encoding",
  "quote",
  "escape",
  "nullstr",
  "dateformat",
  "timestampformat",
  "skip",
] as const;

const words: Readonly<Record<string, string>> = {
  tab: "\t",
  "\\t": "\t",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  space: " ",
};

const character = z
  .string()
  .transform((text) => words[text] ?? text)
  .refine((text) => /^[\t\x20-\x7e]$/.test(text), "it must be one ASCII character (or tab)");
const characterOrNone = z.union([z.literal(""), character]);

const schema = z.object({
  delimiter: character.nullish(),
  header: z.boolean().nullish(),
  encoding: encodingSchema.nullish(),
  quote: characterOrNone.nullish(),
  escape: characterOrNone.nullish(),
  nullstr: z.union([z.string().transform((text) => [text]), z.array(z.string())]).nullish(),
  dateformat: z.string().min(1).nullish(),
  timestampformat: z.string().min(1).nullish(),
  skip: z.number().int().nonnegative().nullish(),
});

/** The plan's CSV options with every spelling unified. Throws `source_option_invalid`. */
export const csvOptions = (plan: SourcePlan): CsvOptions => {
  const { delim, sep, ...rest } = plan.options;
  const parsed = schema.safeParse({ ...rest, delimiter: rest["delimiter"] ?? delim ?? sep });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const params = { node: plan.node, option: String(issue?.path[0] ?? ""), detail: issue?.message ?? "" };
    throw new ExecutorValidationError("source_option_invalid", { node: plan.node, params });
  }
  const { delimiter, header, quote, escape, nullstr, dateformat, timestampformat, skip } = parsed.data;
  return {
    delimiter: delimiter ?? null,
    quote: quote ?? null,
    escape: escape ?? null,
    header: header ?? null,
    skip: skip ?? 0,
    encoding: parsed.data.encoding ?? null,
    nullTexts: nullstr ?? [""],
    dateFormat: dateformat ?? null,
    timestampFormat: timestampformat ?? null,
  };
};
