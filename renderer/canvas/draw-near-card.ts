import { cardHeight, cardWidth } from "../store/graph-store.ts";
import type { NodeState } from "../store/node-state.ts";
import { iconPath } from "../ui/icon.tsx";
import type { CardChip, CardContent } from "./card-content.ts";
import { shortened } from "./card-text.ts";
import { type Colours, type Picture } from "./picture.ts";
import type { PortType, Ports } from "./ports.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Colour of a state's glyph, and the soft ground that those get who want attention. */
export const stateColour: Readonly<Record<NodeState, keyof Colours>> = {
  unconfigured: "quiet",
  "input-missing": "warn",
  invalid: "bad",
  stale: "quiet",
  queued: "quiet",
  running: "busy",
  building: "busy",
  cached: "good",
  ok: "good",
  warning: "warn",
  failed: "bad",
  cancelled: "quiet",
  skipped: "quiet",
  disabled: "quiet",
};
const ground: Partial<Record<keyof Colours, keyof Colours>> = { warn: "warn-soft", bad: "bad-soft", busy: "busy-soft" };

const isColour = (name: string, colours: Colours): name is keyof Colours => name in colours;

/** The colour of a node's kind. */
export const kindColour = (kind: string, colours: Colours): string => {
  const name = `kind-${kind}`;
  return colours[isColour(name, colours) ? name : "kind-exposure"];
};

/** Whether a state wants to be seen: its colour borders the card, and from afar its mark still stands on it. */
export const isTold = (state: NodeState): boolean => {
  const colour = stateColour[state];
  return colour === "bad" || colour === "warn" || colour === "busy";
};

/** How a card is bordered: by what is selected, else by its state. */
export const borderOf = (state: NodeState, isSelected: boolean): { colour: keyof Colours; dash: readonly number[] } => {
  const dash = state === "unconfigured" ? [6, 4] : state === "disabled" ? [2, 3] : [];
  if (isSelected) return { colour: "accent", dash };
  const colour = stateColour[state];
  return { colour: isTold(state) ? colour : "line-strong", dash };
};

const icons = new Map<string, Path2D>();
const iconOf = (name: string): Path2D => {
  const known = icons.get(name) ?? new Path2D(iconPath(name));
  icons.set(name, known);
  return known;
};

/** An icon of this size, its upper left corner at (x, y). */
export const drawIcon = (context: Context, name: string, x: number, y: number, size: number, colour: string): void => {
  context.save();
  context.translate(x, y);
  context.scale(size / 16, size / 16);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.stroke(iconOf(name));
  context.restore();
};

interface NearCard {
  readonly content: CardContent;
  readonly ports: Ports;
  readonly isSelected: boolean;
  /** 0 to 1 while it runs, `null` when it does not or cannot say. */
  readonly fraction: number | null;
}

/** A card as its element looks, at (x, y) in canvas units. */
export const drawNearCard = (context: Context, picture: Picture, x: number, y: number, card: NearCard): void => {
  const { colours, fonts } = picture;
  const { content } = card;
  context.save();
  context.translate(x, y);
  drawBody(context, colours, card);
  context.textBaseline = "middle";
  drawIcon(context, content.kind, 14, 10, 16, kindColour(content.kind, colours));
  context.font = `600 13px ${fonts.ui}`;
  context.fillStyle = colours[content.state === "disabled" ? "ink-soft" : "ink"];
  context.fillText(shortened(context, content.name, 178), 37, 18.5);
  drawGlyph(context, colours, content.state);
  context.font = `11px ${fonts.code}`;
  context.fillStyle = colours[content.isLineBad ? "bad" : "ink-soft"];
  context.fillText(shortened(context, content.line, 224), 14, 41);
  context.font = `11px ${fonts.ui}`;
  const room = drawChips(context, colours, content.chips);
  context.fillStyle = colours["ink-faint"];
  context.fillText(shortened(context, content.facts, room - 14), 14, 66);
  drawPort(context, colours, card.ports.input, 0, content.state === "input-missing");
  drawPort(context, colours, card.ports.output, cardWidth, false);
  context.restore();
};

const drawBody = (context: Context, colours: Colours, { content, isSelected, fraction }: NearCard): void => {
  const { state, kind } = content;
  context.save();
  const outline = new Path2D();
  outline.roundRect(0.5, 0.5, cardWidth - 1, cardHeight - 1, 8);
  context.fillStyle = colours[state === "disabled" ? "sunken" : "raised"];
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- it fills a path
  context.fill(outline);
  context.save();
  context.clip(outline);
  if (state === "stale") drawHatching(context, colours);
  context.fillStyle = kindColour(kind, colours);
  context.fillRect(0, 0, 5, cardHeight);
  if (state === "running" || state === "building") {
    context.fillStyle = colours.busy;
    context.fillRect(0, cardHeight - 3, cardWidth * (fraction ?? 0.3), 3);
  }
  context.restore();
  const { colour, dash } = borderOf(state, isSelected);
  context.strokeStyle = colours[colour];
  context.lineWidth = isSelected ? 2.5 : state === "invalid" ? 2 : 1;
  context.setLineDash([...dash]);
  context.stroke(outline);
  context.restore();
};

const drawHatching = (context: Context, colours: Colours): void => {
  context.beginPath();
  for (let x = 130; x < cardWidth + 30; x += 8.5) {
    context.moveTo(x, 53);
    context.lineTo(x - 30, cardHeight);
  }
  context.strokeStyle = colours.line;
  context.lineWidth = 0.8;
  context.globalAlpha *= 0.6;
  context.stroke();
  context.globalAlpha /= 0.6;
};

/** The mark of a state, where a card has it. Expects the card's corner at the origin. */
export const drawGlyph = (context: Context, colours: Colours, state: NodeState): void => {
  const colour = stateColour[state];
  const soft = ground[colour];
  if (soft !== undefined) {
    context.beginPath();
    context.arc(229, 18, 9, 0, 2 * Math.PI);
    context.fillStyle = colours[soft];
    context.fill();
  }
  drawIcon(context, state, 222, 11, 14, colours[colour]);
};

const chipIcons = { stale: "stale", target: "target", tag: "tag", pinned: "pin", disabled: "disabled" } as const;

/** Chips from the right; returns where they begin. */
const drawChips = (context: Context, colours: Colours, chips: readonly CardChip[]): number => {
  let right = 238;
  for (const { kind, label } of chips.toReversed()) {
    const words = label === "" ? 0 : context.measureText(label).width;
    const width = words + (kind === "stale" ? 10 : label === "" ? 22 : 25);
    context.beginPath();
    context.roundRect(right - width, 58, width, 16, 8);
    context.fillStyle = colours.sunken;
    context.fill();
    if (kind !== "stale") drawIcon(context, chipIcons[kind], right - width + 5, 60, 12, colours["ink-soft"]);
    context.fillStyle = colours["ink-soft"];
    if (label !== "") context.fillText(label, right - words - 5, 66);
    right -= width + 4;
  }
  return right;
};

const drawPort = (context: Context, colours: Colours, port: PortType | null, x: number, isMissing: boolean): void => {
  if (port === null) return;
  const y = cardHeight / 2;
  context.beginPath();
  if (port === "table") context.arc(x, y, 6, 0, 2 * Math.PI);
  else if (port === "check") context.rect(x - 5.5, y - 5.5, 11, 11);
  else {
    context.moveTo(x, y - 8);
    context.lineTo(x + 8, y);
    context.lineTo(x, y + 8);
    context.lineTo(x - 8, y);
    context.closePath();
  }
  context.fillStyle = isMissing ? colours.warn : colours[portColour[port]];
  context.fill();
  context.strokeStyle = colours.raised;
  context.lineWidth = 2;
  context.stroke();
};

const portColour = { table: "edge", model: "kind-model", check: "kind-rule" } as const;
