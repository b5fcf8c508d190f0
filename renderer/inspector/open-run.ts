import { host } from "../api.ts";
import { showTab } from "../store/layout-store.ts";
import { runs } from "../store/run-store.ts";
import { showMessage } from "../ui/messages.tsx";

/** Shows an earlier run in the Run tab. One that is under way is not replaced by it. */
export const openRun = async (runId: string): Promise<void> => {
  try {
    if (!runs.isRunning && runs.run?.runId !== runId) runs.apply(await host().call("run.past", { runId }));
    showTab("bottom", "run");
  } catch (error) {
    showMessage(error);
  }
};
