import { z } from "zod";

import { call, stream } from "../protocol/entry.ts";
import { projectChangeSchema, projectViewSchema } from "../views/project-view.ts";
import { folderSchema, startSchema } from "../views/start-view.ts";
import { nothing } from "./fields.ts";

/** Opening, making and following a project. */
export const projectCalls = {
  /** Opens a project folder in this window, in place of the one it had. */
  "project.open": call({ input: z.object({ folder: z.string().min(1) }), output: projectViewSchema }),
  /** The project of this window as its files are now. */
  "project.get": call({ input: nothing, output: projectViewSchema }),
  /** Whatever changes in the project after `revision`, whoever changed it. */
  "project.changed": stream({ input: z.object({ revision: z.number() }), event: projectChangeSchema }),
  /** Makes a new project in a folder (made too, where there is none) and opens it; `isEmpty`: without a first pipeline. */
  "project.create": call({
    input: z.object({ folder: z.string().min(1), isEmpty: z.boolean().default(false) }),
    output: projectViewSchema,
  }),
  /** Copies the sample to where the person can change it, once, and opens it. */
  "project.sample": call({ input: nothing, output: projectViewSchema }),

  /** What a window without a project offers. */
  "start.get": call({ input: nothing, output: startSchema }),

  /** Folders to choose from: a browser's window cannot ask the system. */
  "folders.list": call({ input: z.object({ folder: z.string().nullable() }), output: folderSchema }),
} as const;
