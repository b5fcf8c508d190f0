import type { z } from "zod";

/** A kind of node: what its file may say and how it is shown. */
export interface Kind<K extends string = string, S extends z.ZodType = z.ZodType> {
  readonly kind: K;
  readonly label: string;
  readonly description: string;
  readonly schema: S;
}

/** Keeps the literal kind and the schema's exact type. */
export const defineKind = <K extends string, S extends z.ZodType>(kind: Kind<K, S>): Kind<K, S> => kind;
