// What canvas.yml keeps: where cards stand and what is drawn around them. Nothing of it changes what runs.

import { z } from "zod";

const id = z.string().min(1).max(500);
const coordinate = z.number().min(-1e7).max(1e7);

const positionSchema = z.object({ x: coordinate, y: coordinate });

const groupSchema = z.object({
  title: z.string().max(500),
  nodes: z.array(id),
  collapsed: z.boolean().default(false),
  /** A name of the palette, `null` for the plain one. */
  colour: z.string().max(40).nullable().default(null),
});
export type CanvasGroup = z.output<typeof groupSchema>;

const noteSchema = positionSchema.extend({
  text: z.string().max(20_000),
  width: z.number().min(40).max(10_000),
  height: z.number().min(24).max(10_000),
});
export type CanvasNote = z.output<typeof noteSchema>;

export const canvasSchema = z.object({
  positions: z.record(id, positionSchema).default({}),
  groups: z.record(id, groupSchema).default({}),
  notes: z.record(id, noteSchema).default({}),
});
export type CanvasView = z.output<typeof canvasSchema>;

/** What to change of it; `null` takes an entry away. */
export const canvasPatchSchema = z.object({
  positions: z.record(id, positionSchema.nullable()).default({}),
  groups: z.record(id, groupSchema.nullable()).default({}),
  notes: z.record(id, noteSchema.nullable()).default({}),
});
export type CanvasPatch = z.input<typeof canvasPatchSchema>;
