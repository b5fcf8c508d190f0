import type { CanvasNote } from "../../shared/api/index.ts";
import type { Rectangle } from "../store/spatial-grid.ts";
import { shortened } from "./card-text.ts";
import { cornerSize } from "./items/canvas-items.ts";
import type { Picture } from "./picture.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const size = 13;
const line = 18;
const padding = 12;
/** Below this zoom a note is a patch of colour. */
const smallestRead = 0.2;

/** Notes, under everything else. The one that is being typed in is an element over them. */
export const drawNotes = (context: Context, picture: Picture, area: Rectangle): void => {
  for (const note of Object.values(picture.notes)) {
    const isSeen =
      note.x < area.right && note.y < area.bottom && note.x + note.width > area.left && note.y + note.height > area.top;
    if (isSeen) drawNote(context, picture, note);
  }
};

const drawNote = (context: Context, { view, colours, fonts }: Picture, note: CanvasNote): void => {
  const { x, y, width, height } = note;
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, 6);
  context.fillStyle = colours["warn-soft"];
  context.fill();
  context.strokeStyle = colours.line;
  context.lineWidth = 1 / Math.min(1, view.zoom);
  context.stroke();
  context.clip();
  if (view.zoom >= smallestRead) {
    context.font = `${size}px ${fonts.ui}`;
    context.textBaseline = "top";
    context.fillStyle = colours.ink;
    const room = Math.floor((height - 2 * padding + 4) / line);
    const lines = wrapped(context, note.text, width - 2 * padding);
    for (const [at, words] of lines.slice(0, room).entries()) {
      const isCut = at === room - 1 && lines.length > room;
      context.fillText(
        isCut ? shortened(context, `${words} …`, width - 2 * padding) : words,
        x + padding,
        y + padding + at * line,
      );
    }
    drawCorner(context, x + width, y + height, colours["line-strong"]);
  }
  context.restore();
};

const drawCorner = (context: Context, right: number, bottom: number, colour: string): void => {
  context.beginPath();
  for (const inset of [cornerSize - 6, cornerSize - 12]) {
    context.moveTo(right - inset, bottom - 3);
    context.lineTo(right - 3, bottom - inset);
  }
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
};

let known = new Map<string, readonly string[]>();

/** A text in lines no wider than that; breaks of its own are kept, words that are too long are broken. */
const wrapped = (context: Context, words: string, width: number): readonly string[] => {
  const key = `${Math.round(width)}\n${words}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const lines = words.split("\n").flatMap((paragraph) => wrapParagraph(context, paragraph, width));
  if (known.size > 500) known = new Map();
  known.set(key, lines);
  return lines;
};

const wrapParagraph = (context: Context, paragraph: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let held = "";
  for (const word of paragraph.split(" ")) {
    const longer = held === "" ? word : `${held} ${word}`;
    if (context.measureText(longer).width <= width) {
      held = longer;
      continue;
    }
    if (held !== "") lines.push(held);
    const pieces = broken(context, word, width);
    lines.push(...pieces.slice(0, -1));
    held = pieces.at(-1) ?? "";
  }
  return [...lines, held];
};

const letters = new Intl.Segmenter();

/** A word, an address or a text without spaces, in pieces that each fit. */
const broken = (context: Context, word: string, width: number): readonly string[] => {
  if (context.measureText(word).width <= width) return [word];
  const pieces: string[] = [];
  let held = "";
  for (const { segment } of letters.segment(word)) {
    if (held !== "" && context.measureText(held + segment).width > width) {
      pieces.push(held);
      held = "";
    }
    held += segment;
  }
  return [...pieces, held];
};
