// What travels between a window and its host.

import { z } from "zod";

import { type ErrorCode, type ErrorData, fromErrorData, type HeadraceError } from "../../errors/index.ts";

const requestId = z.int().min(1);

export const toHostSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("request"), id: requestId, name: z.string().max(100), input: z.unknown() }),
  z.object({ kind: z.literal("cancel"), id: requestId }),
]);
export type ToHost = z.infer<typeof toHostSchema>;

export const errorDataSchema = z.object({
  class: z.string().optional(),
  code: z.string() as z.ZodType<ErrorCode, ErrorCode>,
  message: z.string(),
  next: z.string(),
  node: z.string().nullable(),
  location: z.object({ file: z.string(), line: z.number(), column: z.number() }).nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  cause: z.string().nullable(),
});

export const toWindowSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reply"), id: requestId, value: z.unknown() }),
  z.object({ kind: z.literal("event"), id: requestId, value: z.unknown() }),
  z.object({ kind: z.literal("end"), id: requestId }),
  z.object({ kind: z.literal("error"), id: requestId, error: errorDataSchema }),
]);
export type ToWindow = z.infer<typeof toWindowSchema>;

/** The error that the other side threw: same class, code, sentences, parameters and cause, also of a code unknown here. */
export const rebuildError = (data: ErrorData & { readonly class?: string | undefined }): HeadraceError => {
  const { class: name, ...rest } = data;
  return fromErrorData(name === undefined ? rest : { ...rest, class: name });
};
