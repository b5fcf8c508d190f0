import type { z } from "zod";

/** A place in a node's file where another node is named. */
export interface Reference {
  readonly path: readonly (string | number)[];
  /** `kind.name` as written. */
  readonly ref: string;
}

/** A kind of node: what its file may say and how it is shown. */
export interface Kind<K extends string = string, S extends z.ZodType = z.ZodType> {
  readonly kind: K;
  readonly label: string;
  readonly description: string;
  readonly schema: S;
  /** Nodes named outside `inputs`, such as a model's features; they become inputs, after the declared ones. */
  readonly references?: ((config: z.output<S>) => readonly Reference[]) | undefined;
  /** Keys of a config that hold SQL a query is made of; the first one present is the node's body. */
  readonly sqlKey?: string | undefined;
}

/** Keeps the literal kind and the schema's exact type. */
export const defineKind = <K extends string, S extends z.ZodType>(kind: Kind<K, S>): Kind<K, S> => kind;
