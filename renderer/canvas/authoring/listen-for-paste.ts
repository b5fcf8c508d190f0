import { showMessage } from "../../ui/messages.tsx";
import { pasteText } from "./clipboard.ts";
import { dropFiles } from "./drop-files.ts";

const isCanvas = (): boolean => document.activeElement?.closest("[data-keys='canvas']") !== null && !isTyping();

const isTyping = (): boolean =>
  document.activeElement instanceof HTMLElement &&
  (document.activeElement.isContentEditable || document.activeElement.matches("input, textarea, select"));

/**
 * Takes what the system pastes while the canvas has the focus: no permission is asked for that. Shift held with the
 * keys keeps what pasted nodes read.
 */
export const listenForPaste = (): (() => void) => {
  const listening = new AbortController();
  const { signal } = listening;
  let keepInputs = false;
  const onKeyDown = (event: KeyboardEvent): void => {
    const isPaste = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
    if (isPaste) keepInputs = event.shiftKey;
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!isCanvas() || event.clipboardData === null) return;
    event.preventDefault();
    const files = [...event.clipboardData.files];
    const work =
      files.length > 0 ? dropFiles(files, null) : pasteText(event.clipboardData.getData("text/plain"), keepInputs);
    work.catch(showMessage);
  };
  window.addEventListener("keydown", onKeyDown, { signal, capture: true });
  window.addEventListener("paste", onPaste, { signal });
  return () => listening.abort();
};
