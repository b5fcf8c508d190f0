// What a node's table would look like, and what is wrong with a text, before anything is saved or run.

import { z } from "zod";

import { columnSchema, problemSchema } from "./project-view.ts";

/** `query`: DuckDB says so. `declared`: the file does. `last run`: as they were then. */
const fromSchema = z.enum(["query", "declared", "last run"]).nullable();

/** An error of SQL against the columns it reads. */
export const sqlProblemSchema = z.object({
  problem: problemSchema,
  /** Offsets into the text, in characters; `null` when it is not in the text, or nobody can say where. */
  start: z.number().nullable(),
  end: z.number().nullable(),
  /** What could stand there instead, the likeliest first. */
  replacements: z.array(z.string()),
  /** Every name that would be valid there. */
  valid: z.array(z.string()),
});
export type SqlProblemView = z.infer<typeof sqlProblemSchema>;

export const nodeSchemaSchema = z.object({
  /** `null` while nobody can know without a run. */
  columns: z.array(columnSchema).nullable(),
  from: fromSchema,
  /** False when they are those of a last run of another definition. */
  isCertain: z.boolean(),
  /** Inputs whose own columns are not known: those have to run first. */
  waitingFor: z.array(z.string()),
  problem: sqlProblemSchema.nullable(),
  inputs: z.array(z.object({ id: z.string(), columns: z.array(columnSchema).nullable(), from: fromSchema })),
});
export type NodeSchemaView = z.infer<typeof nodeSchemaSchema>;

export const sqlFunctionSchema = z.object({
  name: z.string(),
  type: z.enum(["scalar", "aggregate", "macro", "table", "window"]),
  parameters: z.string(),
  description: z.string(),
});
export type SqlFunctionView = z.infer<typeof sqlFunctionSchema>;

/** A name that SQL may bind as `$name`. */
export const sqlParameterSchema = z.object({
  name: z.string(),
  /** As people call it: text, number, list … */
  type: z.string(),
  /** As JSON; `null` for what only a run gives. */
  value: z.string().nullable(),
  /** The node's `params`, the project's `vars`, or every run. */
  from: z.enum(["node", "project", "run"]),
});
export type SqlParameterView = z.infer<typeof sqlParameterSchema>;

/** A node as its own file writes it, before defaults and spellings. */
export const nodeDocumentSchema = z.object({
  file: z.string(),
  line: z.number(),
  /** `decorators`: a Python function's; its body is changed in the code. */
  written: z.enum(["yaml", "decorators"]),
  value: z.record(z.string(), z.json()),
});
export type NodeDocumentView = z.infer<typeof nodeDocumentSchema>;

/** What became of one node in one run. */
export const nodeRunSchema = z.object({
  runId: z.string(),
  /** ISO 8601. */
  time: z.string(),
  status: z.string(),
  rows: z.number(),
  seconds: z.number(),
  /** Why it ran, or why it did not. */
  why: z.array(z.string()),
  error: z.string().nullable(),
});
export type NodeRunView = z.infer<typeof nodeRunSchema>;
