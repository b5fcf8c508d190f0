import { goToPanel } from "../shell/keep-focus.ts";
import { graph } from "../store/graph-store.ts";
import { showTab } from "../store/layout-store.ts";
import { cancelRun, planSelection, runSelection, runStale } from "../store/run-actions.ts";
import { runs } from "../store/run-store.ts";
import { text } from "../text/text.ts";
import type { Command } from "./command.ts";

const { commands: words } = text;
const where = "anywhere";
const hasSelection = (): boolean => graph.selection.size > 0;

/** Running and cancelling. */
export const runCommands: readonly Command[] = [
  { where, id: "run.stale", title: words.runAll, keys: ["F5"], run: runStale },
  {
    where,
    id: "run.cancel",
    title: words.cancelRun,
    keys: ["Shift+F5"],
    isEnabled: () => runs.isRunning,
    run: cancelRun,
  },
  {
    where,
    id: "run.selected",
    title: words.runSelected,
    keys: ["Mod+Enter"],
    isEnabled: hasSelection,
    run: () => runSelection("only"),
  },
  {
    where,
    id: "run.to",
    title: words.runTo,
    keys: ["Mod+Shift+Enter"],
    isEnabled: hasSelection,
    run: () => runSelection("to"),
  },
  {
    where,
    id: "run.from",
    title: words.runFrom,
    keys: ["Alt+Enter"],
    isEnabled: hasSelection,
    run: () => runSelection("from"),
  },
  { where, id: "run.plan", title: words.plan, keys: ["Mod+Alt+Enter"], run: planSelection },
  {
    where,
    id: "materialize.show",
    title: words.materialize,
    keys: ["Mod+M"],
    isEnabled: hasSelection,
    run() {
      showTab("bottom", "materialize");
      goToPanel("bottom", "materialize");
    },
  },
];
