import { expectTable } from "../../store/expect-table.ts";
import { tableDrag, templateDrag } from "./drag-types.ts";

const taken = [templateDrag, tableDrag, "Files"];

/** Takes what is dropped anywhere in the window: a file that nobody takes would replace the page. */
export const listenForDrops = (drop: (event: DragEvent) => void): (() => void) => {
  const listening = new AbortController();
  const { signal } = listening;
  const onDragOver = (event: DragEvent): void => {
    const { dataTransfer } = event;
    if (event.defaultPrevented || dataTransfer === null) return;
    if (!taken.some((type) => dataTransfer.types.includes(type))) return;
    event.preventDefault();
    dataTransfer.dropEffect = "copy";
  };
  // Once a drag: it enters every element that it passes.
  let isExpected = false;
  const onDragEnter = ({ dataTransfer, relatedTarget }: DragEvent): void => {
    if (relatedTarget === null) isExpected = false;
    if (isExpected || dataTransfer?.types.includes("Files") !== true) return;
    isExpected = true;
    expectTable();
  };
  const onDrop = (event: DragEvent): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    drop(event);
  };
  window.addEventListener("dragenter", onDragEnter, { signal });
  window.addEventListener("dragover", onDragOver, { signal });
  window.addEventListener("drop", onDrop, { signal });
  return () => listening.abort();
};
