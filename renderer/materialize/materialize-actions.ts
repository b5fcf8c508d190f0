import type { TargetSettings } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { materializeText } from "../text/materialize-text.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";

export interface TargetToSave {
  readonly node: string;
  readonly index: number | null;
  readonly target: TargetSettings | null;
  readonly label: string;
}

/** Writes the target into the node's file; its place among the node's targets, `undefined` when it could not be. */
export const saveTarget = async (saved: TargetToSave): Promise<number | null | undefined> => {
  try {
    const { index } = await host().call("materialize.save", saved);
    announce(materializeText.saved);
    return index;
  } catch (error) {
    showMessage(error);
    return undefined;
  }
};
