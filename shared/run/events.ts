// The one stream of events that a run emits: the terminal, the studio and the journal read the same.

import type { ErrorData } from "../errors/index.ts";
import type { Plan } from "./plan.ts";
import type { NodeResult } from "./result.ts";

export type RunEvent =
  | {
      readonly type: "planned";
      readonly runId: string;
      readonly time: string;
      readonly plan: Plan;
      /** The checkout's commit, `null` outside git. */
      readonly gitCommit: string | null;
      /** What the run was asked for, as options of the command line. */
      readonly options: Readonly<Record<string, unknown>>;
    }
  | { readonly type: "started"; readonly node: string; readonly time: string; readonly attempt: number }
  | {
      readonly type: "progress";
      readonly node: string;
      readonly time: string;
      /** What is going on, e.g. `building environment`, `writing analytics.orders`. */
      readonly phase: string;
      readonly rows: number | null;
      /** 0 to 1, `null` when it cannot be known. */
      readonly fraction: number | null;
    }
  | {
      readonly type: "log";
      readonly node: string | null;
      readonly time: string;
      readonly level: "debug" | "info" | "warning" | "error";
      readonly stream: "stdout" | "stderr" | "log";
      readonly text: string;
    }
  | { readonly type: "finished"; readonly node: string; readonly time: string; readonly result: NodeResult }
  | { readonly type: "run_finished"; readonly runId: string; readonly time: string; readonly summary: RunSummary };

export interface RunSummary {
  readonly runId: string;
  readonly status: "SUCCESS" | "WARNING" | "FAILED" | "CANCELLED";
  readonly ran: number;
  readonly cached: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: number;
  readonly warnings: number;
  readonly durationSeconds: number;
  /** Seconds that cached nodes took when they last ran. */
  readonly savedSeconds: number;
  readonly error: ErrorData | null;
  readonly exitCode: 0 | 1 | 2 | 3 | 130;
}
