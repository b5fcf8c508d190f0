import { graph } from "../../store/graph-store.ts";
import {
  type CanvasGroups,
  canvasItems,
  type CanvasItems,
  framesMoved,
  groupFrames,
  hiddenCards,
} from "./canvas-items.ts";

interface Known {
  readonly groups: CanvasItems["groups"];
  readonly positions: number;
  /** Changes when anything but cards in a hand does. */
  readonly rest: string;
  readonly frames: CanvasGroups;
}
let known: Known | null = null;

/** The frames of the window's groups as the cards stand now; the same objects while nothing of them changes. */
export const shownGroups = (): CanvasGroups => {
  const { groups } = canvasItems.getState();
  const { positionsVersion: positions, restVersion, structureVersion } = graph;
  if (known?.groups === groups && known.positions === positions) return known.frames;
  const rest = `${restVersion} ${structureVersion}`;
  const isHandAlone = known?.groups === groups && known.rest === rest;
  const frames = isHandAlone && known !== null ? framesMoved(graph, groups, known.frames) : groupFrames(graph, groups);
  known = { groups, positions, rest, frames };
  return frames;
};

const isSameHiding = (places: ReturnType<typeof hiddenCards>): boolean =>
  graph.shown.size === places.size &&
  [...places].every(([id, { x, y }]) => {
    const standIn = graph.shown.standIn(graph.slotOf(id));
    return standIn?.x === x && standIn.y === y;
  });

const hide = (): void => {
  const frames = shownGroups();
  if (graph.shown.size === 0 && !frames.some(({ isCollapsed }) => isCollapsed)) return;
  const places = hiddenCards(frames);
  if (!isSameHiding(places)) graph.hide(places);
};

/** Keeps cards of collapsed groups hidden as groups change and cards move; returns the end of it. */
export const followGroups = (): (() => void) => {
  const stops = [canvasItems.subscribe(hide), graph.on("positions", hide)];
  hide();
  return () => stops.forEach((stop) => stop());
};
