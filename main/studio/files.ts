import type { StudioHandlers } from "../../shared/api/index.ts";
import type { StudioWindow } from "./studio.ts";

/** Files that a window brings into the project. */
export const fileHandlers = {
  "file.upload": (part, { session }, _signal, bytes) => session.uploads.receive(part, bytes),
} satisfies Partial<StudioHandlers<StudioWindow>>;
