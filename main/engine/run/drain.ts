import { toHeadraceError, type HeadraceError } from "../../../shared/errors/index.ts";
import type { NodeId } from "../../../shared/graph/index.ts";
import type { Schedule } from "./schedule.ts";

/** Keeps up to `workers` nodes going until none is left; an error of ours lets the running ones end first. */
export const drain = async (
  schedule: Schedule,
  workers: number,
  work: (id: NodeId) => Promise<void>,
): Promise<HeadraceError | null> => {
  const running = new Set<Promise<void>>();
  let error: HeadraceError | null = null;
  for (;;) {
    const id = running.size < workers && error === null ? schedule.next() : null;
    if (id === null && running.size === 0) return error;
    if (id === null) {
      await Promise.race(running);
      continue;
    }
    const task = work(id)
      .catch((thrown: unknown) => {
        error ??= toHeadraceError(thrown);
      })
      .finally(() => {
        running.delete(task);
        schedule.done(id);
      });
    running.add(task);
  }
};
