import type { RunEvent } from "../../../shared/run/index.ts";

/** One way of showing a run's events while they happen. */
export interface RunView extends Disposable {
  event(event: RunEvent): void;
  /** A sentence about the run itself, e.g. that it is stopping. */
  notice(text: string): void;
}
