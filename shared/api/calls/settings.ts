import { z } from "zod";

import { call } from "../protocol/entry.ts";
import { nothing } from "./fields.ts";

const settings = z.record(z.string(), z.json());

/** What windows remember, and what the engine takes. */
export const settingsCalls = {
  /** What windows remembered: of the person, and of this project. */
  "settings.get": call({ input: nothing, output: z.object({ person: settings, project: settings }) }),
  "settings.put": call({
    input: z.object({ scope: z.enum(["person", "project"]), key: z.string().max(100), value: z.json() }),
    output: nothing,
  }),

  /** What the engine takes of the machine now: this process and its DuckDB hosts. */
  "engine.status": call({
    input: nothing,
    output: z.object({ memoryBytes: z.number(), hosts: z.number() }),
  }),
} as const;
