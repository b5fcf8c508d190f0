import type { Command } from "../commands/command.ts";
import { text } from "../text/text.ts";
import { clearColumn, lit } from "./lineage-store.ts";

/** Looking along columns. */
export const lineageCommands: readonly Command[] = [
  {
    id: "lineage.clear",
    title: text.lineage.clear,
    keys: [],
    where: "anywhere",
    isEnabled: () => lit.getState().report !== null,
    run: clearColumn,
  },
];
