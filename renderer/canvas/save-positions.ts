import { graph } from "../store/graph-store.ts";
import { writeCanvas } from "./write-canvas.ts";

/** Writes where these cards stand now to canvas.yml, as one step of the history. */
export const savePositions = async (ids: Iterable<string>, label: string, group: string | null): Promise<void> => {
  const positions = Object.fromEntries(
    [...ids].flatMap((id) => {
      const position = graph.positionOf(id);
      return position === null ? [] : [[id, { x: Math.round(position.x), y: Math.round(position.y) }]];
    }),
  );
  await writeCanvas({ positions }, label, group);
};
