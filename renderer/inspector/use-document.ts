import { useStore } from "zustand";

import type { EditCommand, NodeDocumentView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { type Async, useAsync } from "../panels/use-async.ts";
import { project } from "../store/project-store.ts";
import { showMessage } from "../ui/messages.tsx";

/** A node as its own file writes it, again whenever something in the project changed. */
export const useDocument = (id: string): Async<NodeDocumentView> => {
  const revision = useStore(project, (state) => state.revision);
  return useAsync(`${id} ${revision}`, (signal) => host().call("node.document", { node: id }, signal));
};

/** Writes settings of a node; what stands in the way is shown, and the answer is whether they were written. */
export const applySettings = async (
  commands: readonly EditCommand[],
  label: string,
  group: string | null = null,
): Promise<boolean> => {
  try {
    await host().call("edit.apply", { commands: [...commands], label, group });
    return true;
  } catch (error) {
    showMessage(error);
    return false;
  }
};
