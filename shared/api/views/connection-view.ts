import { z } from "zod";

/** A connection of the profile, without what nobody may see. */
export const connectionSchema = z.object({
  name: z.string(),
  type: z.enum(["postgresql", "sqlite", "unknown"]),
  /** `user@host:port/database`, or a path; why it cannot be used, where it cannot. */
  place: z.string(),
  production: z.boolean(),
  /** The project's own server: it has no place until it is started, which a test does. */
  isOwn: z.boolean(),
  isUsable: z.boolean(),
});
export type ConnectionView = z.infer<typeof connectionSchema>;

export const connectionTestSchema = z.object({ version: z.string(), milliseconds: z.number() });

/** A table or view of a server. */
export const serverTableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.enum(["table", "view"]),
  /** The server's own estimate; `null` where it has none. */
  rows: z.number().nullable(),
});
export type ServerTable = z.infer<typeof serverTableSchema>;

export const serverColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  isKey: z.boolean(),
});
export type ServerColumn = z.infer<typeof serverColumnSchema>;
