import { graph } from "../../store/graph-store.ts";
import { type CanvasGroups, canvasItems, groupFrames, hiddenCards } from "./canvas-items.ts";

let known: { readonly groups: unknown; readonly positions: number; readonly frames: CanvasGroups } | null = null;

/** The frames of the window's groups as the cards stand now. */
export const shownGroups = (): CanvasGroups => {
  const { groups } = canvasItems.getState();
  if (known?.groups !== groups || known.positions !== graph.positionsVersion) {
    known = { groups, positions: graph.positionsVersion, frames: groupFrames(graph, groups) };
  }
  return known.frames;
};

const isSameHiding = (places: ReturnType<typeof hiddenCards>): boolean =>
  graph.shown.size === places.size &&
  [...places].every(([id, { x, y }]) => {
    const standIn = graph.shown.standIn(graph.slotOf(id));
    return standIn?.x === x && standIn.y === y;
  });

const hide = (): void => {
  const places = hiddenCards(shownGroups());
  if (!isSameHiding(places)) graph.hide(places);
};

/** Keeps cards of collapsed groups hidden as groups change and cards move; returns the end of it. */
export const followGroups = (): (() => void) => {
  const stops = [canvasItems.subscribe(hide), graph.on("positions", hide)];
  hide();
  return () => stops.forEach((stop) => stop());
};
