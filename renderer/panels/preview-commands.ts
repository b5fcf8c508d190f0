import type { Command } from "../commands/command.ts";
import { text } from "../text/text.ts";
import { togglePreviewDifference } from "./preview-side.ts";

/** Looking at tables. */
export const previewCommands: readonly Command[] = [
  {
    id: "preview.difference",
    title: text.commands.difference,
    keys: ["D"],
    where: "canvas",
    run: togglePreviewDifference,
  },
];
