import { z } from "zod";

import { call } from "../protocol/entry.ts";
import {
  nodeDocumentSchema,
  nodeRunSchema,
  nodeSchemaSchema,
  sqlFunctionSchema,
  sqlParameterSchema,
} from "../views/describe-view.ts";
import { textPartSchema } from "../views/edit-view.ts";
import { nodeResultSchema } from "../views/insight-view.ts";
import { columnSchema, nodeDetailsSchema } from "../views/project-view.ts";
import { editing, node, nothing, text } from "./fields.ts";

/** One node: what it is, what it says, what its columns are and what became of it. */
export const nodeCalls = {
  /** One node in full. */
  "node.get": call({ input: z.object({ node }), output: nodeDetailsSchema }),
  /** The columns of nodes' present outputs, for completion; nodes without one are left out. */
  "node.columns": call({
    input: z.object({ nodes: z.array(node).max(1000) }),
    output: z.record(z.string(), z.array(columnSchema)),
  }),
  /**
   * A node's columns and inputs as saved, or with another SQL text (not saved); what is wrong is part of the answer.
   * Without a node it is a text that may read any of them.
   */
  "node.describe": call({
    input: z.object({ node: node.nullable(), sql: text.nullable() }),
    output: nodeSchemaSchema,
  }),
  /** A node as its own file writes it: what a form edits with `edit.apply`. */
  "node.document": call({ input: z.object({ node }), output: nodeDocumentSchema }),
  /** What became of a node in the last runs, newest first. */
  "node.runs": call({
    input: z.object({ node, limit: z.int().min(1).max(200).default(30) }),
    output: z.array(nodeRunSchema),
  }),
  /** The texts of a node that an editor can change. */
  "node.text": call({ input: z.object({ node }), output: z.array(textPartSchema) }),
  /** Saves one of them; `edit_conflict` when it is not the version that was read. */
  "node.put-text": call({
    input: z.object({ node, part: textPartSchema.shape.part, text, version: z.string(), ...editing }),
    output: z.object({ version: z.string() }),
  }),
  /** What the last runs kept of a node, newest first; runs that left it out are left out. */
  "node.results": call({
    input: z.object({ node, limit: z.int().min(1).max(50).default(20) }),
    output: z.array(nodeResultSchema),
  }),

  /** Every function that SQL may call. */
  "sql.functions": call({ input: nothing, output: z.array(sqlFunctionSchema) }),
  /** Every name that a node's SQL may bind as `$name`; `null`: a query that is no node's. */
  "sql.parameters": call({ input: z.object({ node: node.nullable() }), output: z.array(sqlParameterSchema) }),
} as const;
