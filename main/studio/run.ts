import type { StudioHandlers } from "../../shared/api/index.ts";
import { engineOptions } from "./runs/run-board.ts";
import type { StudioWindow } from "./studio.ts";

const planOnly = { maxWorkers: null, continueOnError: false, retryAttempts: null, timeoutSeconds: null, confirm: [] };

/** Planning, starting, stopping and watching runs. */
export const runHandlers = {
  "plan.get": (choice, { session }, signal) => session.engine.plan(engineOptions({ ...choice, ...planOnly }), signal),
  "run.start": async (choice, { session }) => ({ runId: await session.runs.start(choice) }),
  "run.cancel": async ({ runId }, { session }) => {
    session.runs.cancel(runId);
    return {};
  },
  "run.events": (_input, { session }, signal) => session.runs.events(signal),
  "run.past": async ({ runId }, { session }) => ({ runId, events: await session.engine.events(runId) }),
  "run.compare": ({ from, to }, { session }) => session.engine.compareRuns(from, to),
  "run.history": ({ limit }, { session }) => session.engine.history(limit),
} satisfies Partial<StudioHandlers<StudioWindow>>;
