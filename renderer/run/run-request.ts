import { createStore } from "zustand/vanilla";

import type { RunRequest } from "../../shared/api/index.ts";
import { preferences } from "../shell/settings/preferences.ts";

export type RunView = "plan" | "run" | "history";

interface RunPanelState {
  readonly view: RunView;
  /** Whose plan is shown; everything when empty. */
  readonly selectors: readonly string[];
  readonly full: boolean;
  readonly materialize: boolean;
  readonly continueOnError: boolean;
  /** `YYYY-MM-DD`; empty for today. */
  readonly date: string;
}

/** What the run panel shows, and what its next run is asked for. */
export const runPanel = createStore<RunPanelState>(() => ({
  view: "plan",
  selectors: [],
  full: false,
  materialize: true,
  continueOnError: false,
  date: "",
}));

export const showRunView = (view: RunView): void => runPanel.setState({ view });

/** What a run is asked for beside its nodes. */
export const chosenOptions = (): RunRequest => {
  const { full, materialize, continueOnError, date } = runPanel.getState();
  const { maxWorkers } = preferences.getState();
  return { full, materialize, continueOnError, date: date === "" ? null : date, maxWorkers };
};

/** Whether the plan for everything as it is answers: nothing special was asked for. */
export const isPlain = ({ selectors, full, materialize, date }: RunPanelState): boolean =>
  selectors.length === 0 && !full && materialize && date === "";
