import { useStore } from "zustand";

import type { Plan } from "../../shared/run/index.ts";
import { host } from "../api.ts";
import { type Async, useAsync } from "../panels/use-async.ts";
import { runs } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";
import { chosenOptions, isPlain, runPanel } from "./run-request.ts";

/** The plan that the panel shows: for everything as it is, or for what was asked for. `null` while there is none. */
export const usePlan = (): Async<Plan | null> => {
  const state = useStore(runPanel);
  const known = useRuns("plan", () => runs.plan);
  const plain = isPlain(state);
  const { selectors, full, materialize, date } = state;
  const key = plain ? null : JSON.stringify([selectors, full, materialize, date, known?.counts]);
  const asked = useAsync(key, (signal) =>
    host().call("plan.get", { ...chosenOptions(), selectors: [...selectors] }, signal),
  );
  return plain ? { status: "ready", value: known } : asked;
};
