import { z } from "zod";

import { call } from "../protocol/entry.ts";
import {
  connectionSchema,
  connectionSettingsSchema,
  connectionTestSchema,
  ownServerSchema,
  serverColumnSchema,
  serverTableSchema,
} from "../views/connection-view.ts";
import { editing, nothing } from "./fields.ts";

/** Servers and the secrets to reach them. */
export const connectionCalls = {
  "connections.list": call({ input: nothing, output: z.array(connectionSchema) }),
  /** A connection as its form shows it; a password's value is not among it. */
  "connections.get": call({ input: z.object({ name: z.string() }), output: connectionSettingsSchema }),
  /** Adds a connection to the project's profiles.yml, or changes what is different in it: one undoable edit. */
  "connections.save": call({
    input: z.object({
      name: z.string().max(200),
      isNew: z.boolean(),
      settings: connectionSettingsSchema,
      ...editing,
    }),
    output: nothing,
  }),
  "connections.remove": call({ input: z.object({ name: z.string().max(200), ...editing }), output: nothing }),
  /** The PostgreSQL server that comes with the project. */
  "connections.server": call({
    input: z.object({ action: z.enum(["look", "start", "stop"]) }),
    output: ownServerSchema,
  }),
  /** Connects once. Throws what stands in the way. */
  "connections.test": call({ input: z.object({ name: z.string() }), output: connectionTestSchema }),
  "connections.tables": call({ input: z.object({ name: z.string() }), output: z.array(serverTableSchema) }),
  "connections.columns": call({
    input: z.object({ name: z.string(), schema: z.string(), table: z.string() }),
    output: z.array(serverColumnSchema),
  }),

  /** Names of the person's secrets; values only ever go in. The desktop keeps them in the system's keychain instead. */
  "secrets.list": call({ input: nothing, output: z.array(z.string()) }),
  /** Keeps a secret outside of every project; `null` forgets it. */
  "secrets.put": call({
    input: z.object({ name: z.string().max(100), value: z.string().max(10_000).nullable() }),
    output: nothing,
  }),
} as const;
