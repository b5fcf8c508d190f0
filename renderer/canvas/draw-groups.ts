import type { Rectangle } from "../store/spatial-grid.ts";
import { text } from "../text/text.ts";
import { shortened } from "./card-text.ts";
import { drawGlyph, stateColour } from "./draw-near-card.ts";
import type { GroupFrame } from "./items/canvas-items.ts";
import { groupStanding } from "./items/group-standing.ts";
import { type Colours, faint, type Picture } from "./picture.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Below this zoom a frame is its colour alone. */
const smallestTitled = 0.08;
const radius = 12;

const isColour = (name: string | null, colours: Colours): name is keyof Colours => name !== null && name in colours;

const isSeen = ({ box }: GroupFrame, area: Rectangle): boolean =>
  box.right > area.left && box.left < area.right && box.bottom > area.top && box.top < area.bottom;

/** The frames of groups, under edges and cards. */
export const drawFrames = (context: Context, picture: Picture, area: Rectangle): void => {
  for (const frame of picture.groups) if (!frame.isCollapsed && isSeen(frame, area)) drawFrame(context, picture, frame);
};

/** The boxes of collapsed groups, over the edges that lead into them. */
export const drawCollapsed = (context: Context, picture: Picture, area: Rectangle): void => {
  for (const frame of picture.groups) if (frame.isCollapsed && isSeen(frame, area)) drawBox(context, picture, frame);
};

const tint = (colours: Colours, { colour }: GroupFrame): string =>
  isColour(`kind-${colour}`, colours) ? colours[`kind-${colour}` as keyof Colours] : colours["line-strong"];

const isSelected = (picture: Picture, { members }: GroupFrame): boolean =>
  members.length > 0 && members.every((id) => picture.isSelected(id));

const drawFrame = (context: Context, picture: Picture, frame: GroupFrame): void => {
  const { colours, view } = picture;
  const { left, top, right, bottom } = frame.box;
  context.beginPath();
  context.roundRect(left, top, right - left, bottom - top, radius);
  context.globalAlpha = 0.09;
  context.fillStyle = tint(colours, frame);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = isSelected(picture, frame) ? colours.accent : tint(colours, frame);
  context.lineWidth = (isSelected(picture, frame) ? 2 : 1) / Math.min(1, view.zoom);
  context.stroke();
  if (view.zoom < smallestTitled) return;
  const size = Math.min(28, 13 / view.zoom);
  context.font = `600 ${size}px ${picture.fonts.ui}`;
  context.textBaseline = "middle";
  context.fillStyle = colours["ink-soft"];
  context.fillText(shortened(context, frame.title, right - left - 28), left + 14, top + 18);
};

const drawBox = (context: Context, picture: Picture, frame: GroupFrame): void => {
  const { colours, view, found } = picture;
  const { left, top, right, bottom } = frame.box;
  const [width, height] = [right - left, bottom - top];
  if (found !== null && !frame.members.some((id) => found.has(id))) context.globalAlpha = faint;
  const { state, words } = groupStanding(frame.members);
  const isBad = stateColour[state] === "bad";
  const border = isBad ? colours.bad : tint(colours, frame);
  context.strokeStyle = isSelected(picture, frame) ? colours.accent : border;
  context.lineWidth = (isSelected(picture, frame) ? 2.5 : isBad ? 2 : 1) / Math.min(1, view.zoom);
  context.fillStyle = colours.sunken;
  // Two more edges behind it: there is a pile of cards here.
  for (const shift of [8, 4, 0]) {
    context.beginPath();
    context.roundRect(left + shift, top - shift, width, height, 8);
    context.fill();
    context.stroke();
  }
  if (view.zoom >= smallestTitled) {
    context.textBaseline = "middle";
    context.fillStyle = colours.ink;
    const size = Math.min(34, 13 / view.zoom);
    context.font = `600 ${size}px ${picture.fonts.ui}`;
    context.fillText(shortened(context, frame.title, width - 48), left + 14, top + height * 0.36);
    context.fillStyle = colours["ink-soft"];
    context.font = `${size * 0.9}px ${picture.fonts.ui}`;
    const line = `${text.nodes(frame.members.length)} · ${words}`;
    context.fillText(shortened(context, line, width - 28), left + 14, top + height * 0.7);
    context.save();
    context.translate(left, top);
    drawGlyph(context, colours, state);
    context.restore();
  }
  context.globalAlpha = 1;
};
