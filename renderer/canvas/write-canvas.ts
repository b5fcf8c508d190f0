import type { CanvasPatch } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { showMessage } from "../ui/messages.tsx";

let last: Promise<void> = Promise.resolve();
let begun = 0;
let ended = 0;

const put = async (patch: CanvasPatch, label: string, group: string | null): Promise<void> => {
  try {
    await host().call("canvas.put", { patch, label, group });
  } catch (error) {
    showMessage(error);
  } finally {
    ended++;
  }
};

/** Writes a change of canvas.yml as one step of the history, after those that are still on their way. */
export const writeCanvas = (patch: CanvasPatch, label: string, group: string | null): Promise<void> => {
  begun++;
  last = last.then(() => put(patch, label, group));
  return last;
};

/** Does what changes files by itself, such as an undo, after the changes that are on their way, and before later ones. */
export const afterWrites = <T>(act: () => Promise<T>): Promise<T> => {
  const turn = last.then(act);
  last = turn.then(nothing, nothing);
  return turn;
};

const nothing = (): void => undefined;

/**
 * Reads what canvas.yml says when nothing of ours is on its way there: what the window shows is ahead of an older file,
 * and what somebody types into a title or holds in the hand would go with it.
 */
export const readWhenWritten = async <T>(read: () => Promise<T>): Promise<T> => {
  await last;
  const before = begun;
  const found = await read();
  return before === begun && begun === ended ? found : readWhenWritten(read);
};
