import { toHeadraceError } from "../../shared/errors/index.ts";
import { host } from "../api.ts";
import { afterWrites } from "../canvas/write-canvas.ts";
import { historyConflict } from "../canvas/authoring/history-conflict-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";

/** Undoes or redoes the last step; where another program wrote meanwhile, both sides are shown instead. */
export const stepHistory = async (step: "undo" | "redo", words: string): Promise<void> => {
  try {
    const { label } = await afterWrites(() => host().call(`edit.${step}`, {}));
    if (label !== null) announce(`${words}: ${label}`);
  } catch (thrown) {
    if (toHeadraceError(thrown).code !== "edit_conflict") return showMessage(thrown);
    const places = await host().call("edit.conflicts", { step });
    historyConflict.setState({ conflict: { step, places } });
  }
  return undefined;
};

/** Goes to right after an edit of the history; 0 is before the first one. */
export const jumpTo = async (id: number, label: string): Promise<void> => {
  try {
    await afterWrites(() => host().call("edit.jump", { id }));
    announce(text.history.jumped(label));
  } catch (error) {
    showMessage(error);
  }
};
