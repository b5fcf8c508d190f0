import { takeHeldDrops } from "../../store/held-drops.ts";
import { project } from "../../store/project-store.ts";
import { text } from "../../text/text.ts";
import { showMessage } from "../../ui/messages.tsx";
import { canvasPointAt, middleOfView, setCanvasHooks } from "../canvas-hooks.ts";
import { applyEdit } from "./apply-edit.ts";
import { connectNodes, whyNotConnect } from "./connect.ts";
import { listenForContextMenu } from "./context-menu.ts";
import { listenForDrops } from "./listen-for-drops.ts";
import { listenForPaste } from "./listen-for-paste.ts";
import { dropFiles } from "./drop-files.ts";
import { nameOf } from "./names.ts";
import { quickAdd, readable } from "./quick-add.ts";
import { followRecentTemplates } from "./recent-templates.ts";
import { takeDrop } from "./take-drop.ts";

const run = (work: Promise<unknown>): void => void work.catch(showMessage);

/** Says what gestures on the canvas mean, and listens for what is pasted. Returns the end of it. */
export const startAuthoring = (): (() => void) => {
  setCanvasHooks({
    onConnect: (from, to) => run(connectNodes(from, to)),
    onConnectEnd: (at, from) => run(quickAdd({ reads: readable([from]), at, onlyReaders: true })),
    isValidConnection: whyNotConnect,
    onEdgePlus: (edge, at) => run(quickAdd({ reads: [edge.from], at, edge, onlyReaders: true })),
    onDropOnEdge: (nodes, edge) => run(insertOnEdge(nodes, edge)),
    onExternalDrop: takeDrop,
    onEmptyDoubleClick: (at) => run(quickAdd({ reads: [], at })),
  });
  const stops = [
    listenForPaste(),
    listenForDrops(dropped),
    listenForContextMenu(),
    followRecentTemplates(),
    takeHeld(),
  ];
  return () => stops.forEach((stop) => stop());
};

/** Takes what was dropped too early, as soon as the project is open. */
const takeHeld = (): (() => void) => {
  let stop: (() => void) | null = null;
  const look = (): void => {
    if (stop !== null || project.getState().status !== "open") return;
    stop = takeHeldDrops(({ files, x, y }) => run(dropFiles(files, canvasPointAt(x, y))));
  };
  const unsubscribe = project.subscribe(look);
  look();
  return () => {
    unsubscribe();
    stop?.();
  };
};

/** Whatever the canvas has not taken itself: files dropped on a panel go to the middle of the view. */
const dropped = (event: DragEvent): void => {
  const isOnCanvas = event.target instanceof Element && event.target.closest(".canvas") !== null;
  takeDrop(event, isOnCanvas ? canvasPointAt(event.clientX, event.clientY) : middleOfView());
};

/** Lets the dropped node read the wire's beginning, and the wire's end read it. */
const insertOnEdge = async (
  nodes: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> => {
  const [node] = nodes;
  if (node === undefined || nodes.length > 1 || node === from || node === to) return;
  if (whyNotConnect(from, node) !== null || whyNotConnect(node, to) !== null) return;
  await applyEdit(text.author.into(nameOf(from), nameOf(to)), [
    { type: "connect", from, to: node },
    { type: "reroute", reader: to, from, to: node },
  ]);
};
