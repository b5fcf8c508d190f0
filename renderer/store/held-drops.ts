// Files that are dropped before the part of the window that takes them is here: they wait for it.

interface HeldDrop {
  readonly files: readonly File[];
  /** Where, as the window counts. */
  readonly x: number;
  readonly y: number;
}

type Take = (drop: HeldDrop) => void;

const held: HeldDrop[] = [];
let taker: Take | null = null;

/** Keeps dropped files for whoever comes to take them. */
export const holdDrop = (event: DragEvent): void => {
  event.preventDefault();
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length > 0) held.push({ files, x: event.clientX, y: event.clientY });
};

/** From the first script on: a file that nobody takes would replace the page. */
export const listenForEarlyDrops = (): void => {
  window.addEventListener("dragover", (event) => {
    if (taker === null && event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
  });
  window.addEventListener("drop", (event) => {
    if (taker === null && !event.defaultPrevented) holdDrop(event);
  });
};

/** Hands over what is held; whoever asks listens for itself until it calls the end of it. */
export const takeHeldDrops = (take: Take): (() => void) => {
  taker = take;
  for (const drop of held.splice(0)) take(drop);
  return () => {
    if (taker === take) taker = null;
  };
};
