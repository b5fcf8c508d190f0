import type { GraphStore } from "../store/graph-store.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import type { CanvasEdge } from "./canvas-hooks.ts";
import type { CardSprites } from "./card-sprites.ts";
import type { CanvasGroups, CanvasItems } from "./items/canvas-items.ts";
import type { Viewport } from "./viewport.ts";

/** Tokens that are drawn with; a canvas does not know custom properties. */
export const colourNames = [
  "ground",
  "grid-dot",
  "edge",
  "edge-active",
  "raised",
  "sunken",
  "ink",
  "ink-soft",
  "ink-faint",
  "line",
  "line-strong",
  "accent",
  "accent-soft",
  "good",
  "warn",
  "warn-soft",
  "bad",
  "bad-soft",
  "busy",
  "busy-soft",
  "quiet",
  "kind-source",
  "kind-transform",
  "kind-feature_group",
  "kind-aggregation",
  "kind-second_order_aggregation",
  "kind-model",
  "kind-predict",
  "kind-rule",
  "kind-exposure",
  "kind-broken",
] as const;
export type Colours = Readonly<Record<(typeof colourNames)[number], string>>;

/** Everything that one drawing of the canvas depends on. */
export interface Picture {
  readonly graph: GraphStore;
  readonly groups: CanvasGroups;
  readonly notes: CanvasItems["notes"];
  readonly view: Viewport;
  /** In CSS pixels; `scale` of them are one of the device. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly colours: Colours;
  readonly fonts: { readonly ui: string; readonly code: string };
  /** Whether a card is drawn here: it is no element of its own. */
  readonly isDrawn: (id: string) => boolean;
  readonly isSelected: (id: string) => boolean;
  /** What a search found; `null` while nobody searches. The rest is drawn faintly. */
  readonly found: ReadonlySet<string> | null;
  /** Pictures of cards to copy while a hand moves the canvas; `null` draws each card. */
  readonly sprites: CardSprites | null;
  /** The edges that a hand or the keys are at. */
  readonly marks: { readonly selected: CanvasEdge | null; readonly hovered: CanvasEdge | null };
  /** Milliseconds: running cards say since when. */
  readonly now: number;
}

/** A part of the canvas in pixels of the device. */
export interface DeviceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangle of canvas units that the picture shows. */
export const areaOf = ({ view, width, height }: Picture): Rectangle => ({
  left: -view.x / view.zoom,
  top: -view.y / view.zoom,
  right: (width - view.x) / view.zoom,
  bottom: (height - view.y) / view.zoom,
});

/** Below this zoom a kept picture is shown instead of drawing each card. */
const pictureZoom = 0.15;

/** Whether cards are drawn one by one when nothing moves. */
export const isNearZoom = (zoom: number): boolean => zoom >= pictureZoom;

/** How faint what was not found is drawn. */
export const faint = 0.22;
