import type { StudioHandlers } from "../../shared/api/index.ts";
import type { StudioWindow } from "./studio.ts";

/** Looking at what writing to targets would do. */
export const materializeHandlers = {
  "materialize.preview": ({ node }, { session }, signal) => session.engine.previewMaterializations(node, signal),
} satisfies Partial<StudioHandlers<StudioWindow>>;
