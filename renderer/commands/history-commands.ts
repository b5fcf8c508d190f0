import { goToPanel } from "../shell/keep-focus.ts";
import { showTab } from "../store/layout-store.ts";
import { text } from "../text/text.ts";
import type { Command } from "./command.ts";
import { stepHistory } from "./history-steps.ts";

const { commands: words } = text;

/** Undo and redo of everything that edits files. In a text field the field's own undo comes first. */
export const historyCommands: readonly Command[] = [
  { id: "edit.undo", title: words.undo, keys: ["Mod+Z"], where: "canvas", run: () => stepHistory("undo", words.undo) },
  {
    id: "edit.redo",
    title: words.redo,
    keys: ["Mod+Shift+Z", "Mod+Y"],
    where: "canvas",
    run: () => stepHistory("redo", words.redo),
  },
  {
    id: "edit.history",
    title: text.history.show,
    keys: ["Mod+Alt+Z"],
    where: "anywhere",
    run() {
      showTab("bottom", "history");
      goToPanel("bottom", "history");
    },
  },
];
