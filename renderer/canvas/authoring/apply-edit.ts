import type { EditCommand } from "../../../shared/api/index.ts";
import { host } from "../../api.ts";
import { graph, type Position } from "../../store/graph-store.ts";
import { showMessage } from "../../ui/messages.tsx";

const patience = 10_000;

/** Resolves once the window's graph has all of these nodes: the host tells of them a moment after an edit. */
const untilThere = (ids: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    const isThere = (): boolean => ids.every((id) => graph.slotOf(id) >= 0);
    if (isThere()) return resolve();
    const stop = graph.on("structure", () => {
      if (isThere()) end();
    });
    // What does not come is shown as a problem by then; nothing waits for it.
    const timer = setTimeout(() => end(), patience);
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    return undefined;
  });

/** Makes an edit and waits until the canvas shows what it added; `null` when it was refused, which is shown. */
export const applyEdit = async (
  label: string,
  commands: readonly EditCommand[],
  places: Readonly<Record<string, Position>> = {},
): Promise<readonly string[] | null> => {
  try {
    const { nodes } = await host().call("edit.apply", { commands: [...commands], label });
    await untilThere(nodes);
    graph.moveAll(Object.entries(places));
    return nodes;
  } catch (error) {
    showMessage(error);
    return null;
  }
};
