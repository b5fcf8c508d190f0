import type { StudioHandlers } from "../../shared/api/index.ts";
import { toErrorData } from "../../shared/errors/index.ts";
import { locateFile } from "./edit/project-file.ts";
import type { StudioWindow } from "./studio.ts";

/** Files that a window brings into the project. */
export const fileHandlers = {
  "file.upload": (part, { session }, _signal, bytes) => session.uploads.receive(part, bytes),
  "file.announce": async ({ path }, { session }) => ({ upload: await session.uploads.announce(path) }),
  "file.adopt": ({ path }, { session }) => session.uploads.adopt(path),
  "file.abandon": async ({ upload }, { session }) => {
    await session.uploads.abandon(upload);
    return {};
  },
  "file.describe": async ({ file }, { session }, signal) => {
    await locateFile(session.root, file);
    const { source, params, schema, problem } = await session.engine.describeFile(file, signal);
    return { source, params, schema: [...schema], problem: problem === null ? null : toErrorData(problem) };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
