import type { RunRequest } from "../../shared/api/index.ts";
import { toHeadraceError } from "../../shared/errors/index.ts";
import { host } from "../api.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";
import { text } from "../text/text.ts";
import { graph } from "./graph-store.ts";
import { showTab } from "./layout-store.ts";
import { runs } from "./run-store.ts";

/** Starts a run and shows its panel; what keeps it from starting is shown as a message. */
export const startRun = async (request: RunRequest): Promise<void> => {
  try {
    showTab("bottom", "run");
    await host().call("run.start", request);
    announce(text.run.started);
  } catch (error) {
    showMessage(error);
  }
};

export const runStale = (): Promise<void> => startRun({});

/** `only`: these nodes. `to`: with all they need. `from`: with all that need them. */
export const runSelection = (which: "only" | "to" | "from"): Promise<void> => {
  const ids = [...graph.selection];
  if (ids.length === 0) return Promise.resolve();
  const selector = { only: (id: string) => id, to: (id: string) => `+${id}`, from: (id: string) => `${id}+` }[which];
  return startRun({ selectors: ids.map(selector) });
};

export const cancelRun = async (): Promise<void> => {
  const { run } = runs;
  if (run === null || run.summary !== null) return;
  announce(text.run.cancelling);
  try {
    await host().call("run.cancel", { runId: run.runId });
  } catch (error) {
    // It ended by itself just now.
    if (toHeadraceError(error).code !== "run_not_found") showMessage(error);
  }
};
