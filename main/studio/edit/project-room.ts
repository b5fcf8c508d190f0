import type { projectRoom } from "../../engine/index.ts";

/** What the engine offers for reading project files, loaded when it is first needed. */
export type ProjectRoom = Awaited<ReturnType<typeof projectRoom>>;
