import { createStore } from "zustand/vanilla";

import type { RunRequest } from "../../shared/api/index.ts";
import { toHeadraceError } from "../../shared/errors/index.ts";
import { host } from "../api.ts";
import { withConfirmation } from "../materialize/ask-production.ts";
import { chosenOptions, runPanel, showRunView } from "../run/run-request.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";
import { text } from "../text/text.ts";
import { graph } from "./graph-store.ts";
import { showTab } from "./layout-store.ts";
import { runs } from "./run-store.ts";

/**
 * Starts a run and shows its panel (or not, for `stay`); its id, `null` when it did not start: the person did not want
 * a production table replaced, or something stood in the way, which is shown as a message.
 */
export const startRun = async (request: RunRequest, { stay = false } = {}): Promise<string | null> => {
  try {
    if (!stay) {
      showTab("bottom", "run");
      showRunView("run");
    }
    const started = await withConfirmation((confirm) => host().call("run.start", { ...request, confirm }));
    if (started === null) return null;
    announce(text.run.started);
    return started.runId;
  } catch (error) {
    showMessage(error);
    return null;
  }
};

export const runStale = async (): Promise<void> => void (await startRun(chosenOptions()));

/** `only`: these nodes. `to`: with all they need. `from`: with all that need them. */
export const runSelection = async (which: "only" | "to" | "from"): Promise<void> => {
  const ids = [...graph.selection];
  if (ids.length === 0) return;
  const selector = { only: (id: string) => id, to: (id: string) => `+${id}`, from: (id: string) => `${id}+` }[which];
  await startRun({ ...chosenOptions(), selectors: ids.map(selector) });
};

/** Runs a node with all it needs while its preview stays in front; a run that ends otherwise shows how. */
export const runForRows = async (id: string): Promise<void> => {
  const runId = await startRun({ ...chosenOptions(), selectors: [`+${id}`] }, { stay: true });
  if (runId === null) return;
  const stop = runs.on("run", () => {
    const { run } = runs;
    if (run?.runId !== runId || run.summary === null) return;
    stop();
    const isGood = run.summary.status === "SUCCESS" || run.summary.status === "WARNING";
    if (isGood) return;
    showTab("bottom", "run");
    showRunView("run");
  });
};

/** Shows what running the selected nodes would do; everything, without a selection. */
export const planSelection = (): void => {
  runPanel.setState({ view: "plan", selectors: [...graph.selection] });
  showTab("bottom", "run");
};

/** The run that was told to stop and has not ended yet. */
export const cancelling = createStore<{ readonly runId: string | null }>(() => ({ runId: null }));

export const cancelRun = async (): Promise<void> => {
  const { run } = runs;
  if (run === null || run.summary !== null) return;
  // Said before it is done: stopping may take a moment.
  cancelling.setState({ runId: run.runId });
  announce(text.run.cancelling);
  try {
    await host().call("run.cancel", { runId: run.runId });
  } catch (error) {
    // It ended by itself just now.
    if (toHeadraceError(error).code !== "run_not_found") showMessage(error);
  }
};
