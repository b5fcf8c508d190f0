import { canvasHooks, canvasPointAt } from "../canvas-hooks.ts";

/** Takes what is dragged onto the canvas from elsewhere and hands it to authoring. */
export const listenForDrops = (element: HTMLElement, signal: AbortSignal): void => {
  element.addEventListener(
    "dragover",
    (event) => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
    },
    { signal },
  );
  element.addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      canvasHooks().onExternalDrop(event, canvasPointAt(event.clientX, event.clientY));
    },
    { signal },
  );
};
