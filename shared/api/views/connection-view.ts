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

/** Where a connection's password comes from; a value is written into no file and never sent to a window. */
export const passwordSourceSchema = z.discriminatedUnion("from", [
  /** None: PGPASSFILE, or a server that trusts this machine. */
  z.object({ from: z.literal("nothing") }),
  /** `${secret:name}`. */
  z.object({ from: z.literal("secret"), name: z.string().max(100) }),
  /** `${VARIABLE}`. */
  z.object({ from: z.literal("variable"), name: z.string().max(200) }),
  /** It stands in the file as plain text, or in a URL; saving something else takes it out. */
  z.object({ from: z.literal("file") }),
]);
export type PasswordSource = z.infer<typeof passwordSourceSchema>;

const field = z.string().max(2000);

/** A connection as a form fills it in; texts may hold `${VARIABLE}`. */
export const connectionSettingsSchema = z.object({
  type: z.enum(["postgresql", "sqlite"]),
  host: field.default(""),
  port: field.default(""),
  user: field.default(""),
  database: field.default(""),
  sslmode: z.enum(["", "disable", "prefer", "require", "verify-ca", "verify-full"]).default(""),
  production: z.boolean().default(false),
  password: passwordSourceSchema.default({ from: "nothing" }),
  /** For SQLite: relative to the project, or absolute. */
  path: field.default(""),
});
export type ConnectionSettings = z.output<typeof connectionSettingsSchema>;

/** The PostgreSQL server that comes with the project. */
export const ownServerSchema = z.object({
  running: z.boolean(),
  port: z.number().nullable(),
  version: z.string(),
  database: z.string(),
  user: z.string(),
  dataFolder: z.string(),
  sizeBytes: z.number(),
});
export type OwnServerView = z.infer<typeof ownServerSchema>;
