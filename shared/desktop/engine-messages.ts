// What the desktop's main process and its engine process say to each other. Studio calls and host traffic go over ports
// of their own and never through here.

import { z } from "zod";

const id = z.int().min(1);

const recentProjectSchema = z.object({ root: z.string(), name: z.string() });
export type RecentProject = z.infer<typeof recentProjectSchema>;

/** From main. A message with a port carries exactly one. */
export const toEngineSchema = z.discriminatedUnion("type", [
  /** A window's port, and the folder of the project to begin with. */
  z.object({ type: z.literal("window"), folder: z.string().nullable() }),
  /** A window on this folder is on its way: its project can be read meanwhile. */
  z.object({ type: z.literal("prepare"), folder: z.string() }),
  /** The port of the host that was asked for. */
  z.object({ type: z.literal("host.port"), id, pid: z.number() }),
  z.object({ type: z.literal("host.exit"), id, how: z.string() }),
  z.object({ type: z.literal("secret"), id, value: z.string().nullable() }),
  z.object({ type: z.literal("recent") }),
  /** Cancel runs, close projects, exit. */
  z.object({ type: z.literal("end") }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

export const fromEngineSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  /** This runtime lacks what the engine needs; it exits. */
  z.object({ type: z.literal("unusable"), detail: z.string() }),
  /** What was asked for cannot be opened; a sentence for the person. */
  z.object({ type: z.literal("refused"), message: z.string(), next: z.string() }),
  z.object({ type: z.literal("runs"), running: z.int().min(0) }),
  z.object({ type: z.literal("recent"), projects: z.array(recentProjectSchema) }),
  z.object({
    type: z.literal("host.spawn"),
    id,
    entry: z.string(),
    environment: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal("host.kill"), id }),
  z.object({ type: z.literal("secret"), id, name: z.string() }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
