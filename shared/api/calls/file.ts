import { z } from "zod";

import { call, upload } from "../protocol/entry.ts";
import { errorDataSchema } from "../protocol/messages.ts";
import { fileTextSchema } from "../views/edit-view.ts";
import { problemSchema } from "../views/project-view.ts";
import { editing, file, text } from "./fields.ts";

/** Files of the project, and files that are brought in. */
export const fileCalls = {
  /** What is wrong with a pipeline file by itself, were this its text. */
  "file.check": call({ input: z.object({ file, text }), output: z.array(problemSchema) }),
  /** Any text file of the project, such as one that could not become a node. */
  "file.get": call({ input: z.object({ file }), output: fileTextSchema }),
  "file.put": call({
    input: z.object({ file, text: text.nullable(), version: z.string().nullable(), ...editing }),
    output: fileTextSchema,
  }),
  /** A part of a file that is brought in: `data/<name>` once all parts are there; `file` is then its path. */
  "file.upload": upload({
    input: z.object({
      /** Given by the first answer; `null` begins a new one. */
      upload: z.string().max(100).nullable(),
      name: z.string().min(1).max(255),
      offset: z.int().min(0),
      /** Bytes in all. */
      size: z.int().min(0),
    }),
    output: z.object({ upload: z.string(), file: z.string().nullable() }),
  }),
  /** Lets the first rows of a file of this machine be looked at (`arriving`) while it is taken over. */
  "file.announce": call({
    input: z.object({ path: z.string().min(1).max(4096) }),
    output: z.object({ upload: z.string() }),
  }),
  /** As `file.upload` for a file of this machine by its absolute path; one that lies in the project stays where it is. */
  "file.adopt": call({
    input: z.object({ path: z.string().min(1).max(4096) }),
    /** `upload` names the copy; `null` for a file that stays where it is. */
    output: z.object({ file: z.string(), upload: z.string().nullable() }),
  }),
  /** Removes what an upload brought in so far, or its whole file: nobody wants it any more. */
  "file.abandon": call({ input: z.object({ upload: z.string().max(100) }), output: z.object({}) }),
  /** How a file of the project would be read: the keys of a source node that pin its format, dialect and types. */
  "file.describe": call({
    input: z.object({ file }),
    output: z.object({
      source: z.enum(["csv", "parquet", "json", "jsonl"]),
      params: z.record(z.string(), z.json()),
      schema: z.array(z.object({ name: z.string(), data_type: z.string() })),
      /** What is wrong with the file; nothing is pinned then. */
      problem: errorDataSchema.nullable(),
    }),
  }),
} as const;
