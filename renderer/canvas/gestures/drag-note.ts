import type { CanvasPoint } from "../canvas-hooks.ts";
import { canvasItems } from "../items/canvas-items.ts";
import { saveShape, shapeNote } from "../items/note-actions.ts";
import type { Drag } from "./drag-cards.ts";

const least = { width: 80, height: 40 };

/** Takes a note in the hand, or the corner that it is resized by. */
export const dragNote = (id: string, isCorner: boolean, start: CanvasPoint): Drag | null => {
  const before = canvasItems.getState().notes[id];
  if (before === undefined) return null;
  const { x, y, width, height } = before;
  return {
    to(at) {
      const [right, down] = [at.x - start.x, at.y - start.y];
      if (!isCorner) shapeNote(id, { x: x + right, y: y + down });
      else {
        shapeNote(id, { width: Math.max(least.width, width + right), height: Math.max(least.height, height + down) });
      }
    },
    drop: () => void saveShape(id),
    cancel: () => shapeNote(id, { x, y, width, height }),
  };
};
