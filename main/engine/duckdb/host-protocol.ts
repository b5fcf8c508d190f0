// What travels between the engine and a host process.

import type { ErrorData } from "../../../shared/errors/index.ts";
import type { QueryLimits } from "./sql-host.ts";

/** What a host is told when it starts. */
export interface HostSettings {
  /** Folders whose files the locked instance may read and write (SQL hosts). */
  readonly allowedDirectories: readonly string[];
  /** Where DuckDB spills to disk. */
  readonly tempDirectory: string;
  readonly limits: Required<{ [K in keyof QueryLimits]: number }>;
}

export type ToHost =
  | { readonly type: "start"; readonly settings: HostSettings }
  | { readonly type: "call"; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: "cancel"; readonly id: number };

export type FromHost =
  | { readonly type: "result"; readonly id: number; readonly value: unknown }
  | {
      readonly type: "error";
      readonly id: number;
      readonly error: ErrorData & { readonly class?: string };
      /** True when DuckDB itself broke: it would fail every later call. */
      readonly fatal: boolean;
    }
  /** The last words of a host that ends itself; `why` becomes part of `sql_host_lost`. */
  | { readonly type: "ending"; readonly why: string };
