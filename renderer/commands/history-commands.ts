import { host } from "../api.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";
import { text } from "../text/text.ts";
import type { Command } from "./command.ts";

const step = async (call: "edit.undo" | "edit.redo", words: string): Promise<void> => {
  try {
    const { label } = await host().call(call, {});
    if (label !== null) announce(`${words}: ${label}`);
  } catch (error) {
    showMessage(error);
  }
};

const { commands: words } = text;

/** Undo and redo of everything that edits files. In a text field the field's own undo comes first. */
export const historyCommands: readonly Command[] = [
  { id: "edit.undo", title: words.undo, keys: ["Mod+Z"], where: "canvas", run: () => step("edit.undo", words.undo) },
  {
    id: "edit.redo",
    title: words.redo,
    keys: ["Mod+Shift+Z", "Mod+Y"],
    where: "canvas",
    run: () => step("edit.redo", words.redo),
  },
];
