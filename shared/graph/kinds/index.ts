// The kinds of node: one file and one line each.

import type { z } from "zod";

import { sourceKind } from "./source.ts";
import { transformKind } from "./transform.ts";

export const kinds = {
  source: sourceKind,
  transform: transformKind,
} as const;

export type KindName = keyof typeof kinds;
export type KindConfigs = { readonly [K in KindName]: z.output<(typeof kinds)[K]["schema"]> };
