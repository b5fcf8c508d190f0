import type { CanvasView } from "../../../../shared/api/index.ts";
import { canvasFile, parseCanvas, printCanvas } from "../../canvas/canvas-file.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";

/** Changes canvas.yml as part of an edit of other files. */
export const changeCanvas = async (
  { files }: CommandContext,
  change: (canvas: CanvasView) => CanvasView,
): Promise<void> => {
  const canvas = parseCanvas(await files.read(canvasFile));
  await files.write(canvasFile, printCanvas(change(canvas)));
};

export const place: ApplyCommand<"place"> = ({ positions }, context) =>
  changeCanvas(context, (canvas) => ({ ...canvas, positions: { ...canvas.positions, ...positions } }));
