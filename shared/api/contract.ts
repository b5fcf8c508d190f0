// The studio's contract: everything a window can ask of its host. A new call is one entry here and its handler in
// main/studio/; clients, transports and the preload script stay as they are.

import { z } from "zod";

import { binary, call, stream, upload } from "./protocol/entry.ts";
import { errorDataSchema } from "./protocol/messages.ts";
import { canvasPatchSchema, canvasSchema } from "./views/canvas-view.ts";
import {
  connectionSchema,
  connectionSettingsSchema,
  connectionTestSchema,
  ownServerSchema,
  serverColumnSchema,
  serverTableSchema,
} from "./views/connection-view.ts";
import {
  nodeDocumentSchema,
  nodeRunSchema,
  nodeSchemaSchema,
  sqlFunctionSchema,
  sqlParameterSchema,
} from "./views/describe-view.ts";
import { draftSchema } from "./views/draft-view.ts";
import { editCommandSchema, editConflictSchema, fileTextSchema, textPartSchema } from "./views/edit-view.ts";
import { modelDetailsSchema, modelListingSchema } from "./views/model-view.ts";
import {
  columnBreaksSchema,
  columnLineageSchema,
  columnMentionsSchema,
  nodeLineageSchema,
} from "./views/lineage-view.ts";
import { pageHeadSchema, rangeSchema } from "./views/page-view.ts";
import {
  columnSchema,
  nodeDetailsSchema,
  problemSchema,
  projectChangeSchema,
  projectViewSchema,
} from "./views/project-view.ts";
import {
  differenceSchema,
  draftHeadSchema,
  openedTableSchema,
  tablePageSchema,
  tableProfileSchema,
} from "./views/table-view.ts";
import { copyFormats, exportFormats, profileScopes, tableSchema, tableViewSchema, wholeView } from "../table/index.ts";
import { featureGroupViewSchema, nodeResultSchema, windowsViewSchema } from "./views/insight-view.ts";
import { folderSchema, startSchema } from "./views/start-view.ts";
import {
  planOptionsSchema,
  planSchema,
  runComparisonSchema,
  runEventsSchema,
  runOptionsSchema,
  runRecordSchema,
} from "./views/run-view.ts";
import {
  keyFactsSchema,
  targetDescriptionSchema,
  targetPreviewsSchema,
  targetSettingsSchema,
} from "./views/target-view.ts";

const nothing = z.object({});
const node = z.string().min(1).max(500);
const viewInput = tableViewSchema.default(wholeView);
const placesSchema = z.array(z.int().min(0)).max(5000);
const file = z.string().min(1).max(1000);
const column = z.string().min(1).max(1000);
const text = z.string().max(8_000_000);
const settings = z.record(z.string(), z.json());
/** How an edit is called in the history; edits of one group in a row are undone together. */
const editing = { label: z.string().max(200), group: z.string().max(100).nullable().default(null) };
/** `skip`: files that another program changed there stay as they are, and the step counts as made. */
const historyStep = z.object({ skip: z.boolean().default(false) });
const stepped = z.object({ label: z.string().nullable() });
const editStateSchema = z.object({
  /** What undo would take back; `null` for nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  history: z.array(z.object({ id: z.number(), label: z.string(), time: z.string(), undone: z.boolean() })),
});

export const contract = {
  /** Opens a project folder in this window, in place of the one it had. */
  "project.open": call({ input: z.object({ folder: z.string().min(1) }), output: projectViewSchema }),
  /** The project of this window as its files are now. */
  "project.get": call({ input: nothing, output: projectViewSchema }),
  /** Whatever changes in the project after `revision`, whoever changed it. */
  "project.changed": stream({ input: z.object({ revision: z.number() }), event: projectChangeSchema }),
  /** What a window without a project offers. */
  "start.get": call({ input: nothing, output: startSchema }),
  /** Makes a new project in a folder (made too, where there is none) and opens it; `isEmpty`: without a first pipeline. */
  "project.create": call({
    input: z.object({ folder: z.string().min(1), isEmpty: z.boolean().default(false) }),
    output: projectViewSchema,
  }),
  /** Copies the sample to where the person can change it, once, and opens it. */
  "project.sample": call({ input: nothing, output: projectViewSchema }),
  /** Folders to choose from: a browser's window cannot ask the system. */
  "folders.list": call({ input: z.object({ folder: z.string().nullable() }), output: folderSchema }),

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
  /** Every function that SQL may call. */
  "sql.functions": call({ input: nothing, output: z.array(sqlFunctionSchema) }),
  /** Every name that a node's SQL may bind as `$name`; `null`: a query that is no node's. */
  "sql.parameters": call({ input: z.object({ node: node.nullable() }), output: z.array(sqlParameterSchema) }),
  /** What is wrong with a pipeline file by itself, were this its text. */
  "file.check": call({ input: z.object({ file, text }), output: z.array(problemSchema) }),
  /** A node as its own file writes it: what a form edits with `edit.apply`. */
  "node.document": call({ input: z.object({ node }), output: nodeDocumentSchema }),
  /** What became of a node in the last runs, newest first. */
  "node.runs": call({
    input: z.object({ node, limit: z.int().min(1).max(200).default(30) }),
    output: z.array(nodeRunSchema),
  }),
  /**
   * What materializing a node would do on the real targets, or on one that its file does not have yet. Writes nothing.
   */
  "materialize.preview": call({
    input: z.object({ node, target: targetSettingsSchema.nullable().default(null) }),
    output: targetPreviewsSchema,
  }),
  /** A target as it is now, and how the node's columns would meet it. */
  "materialize.describe": call({
    input: z.object({ node, target: targetSettingsSchema }),
    output: targetDescriptionSchema,
  }),
  /** Whether columns identify the rows of the node's table; the whole table is looked at. */
  "materialize.keys": call({
    input: z.object({ node, keys: z.array(z.string().max(500)).max(100) }),
    output: keyFactsSchema,
  }),
  /** Writes one target into the node's file by the smallest edit; `null` as target takes it away. */
  "materialize.save": call({
    input: z.object({
      node,
      index: z.int().min(0).max(1000).nullable(),
      target: targetSettingsSchema.nullable(),
      ...editing,
    }),
    output: z.object({ index: z.number().nullable() }),
  }),
  /** Rows of a target itself, as whoever reads it sees them. */
  "materialize.page": binary({ input: rangeSchema.extend({ target: targetSettingsSchema }), head: pageHeadSchema }),

  /** What a run would do to each node, and why. Touches nothing. */
  "plan.get": call({ input: planOptionsSchema, output: planSchema }),
  /** Starts a run; progress arrives on the `run.events` stream. */
  "run.start": call({ input: runOptionsSchema, output: z.object({ runId: z.string() }) }),
  /** Stops a run; resolves when it has been told, not when it has ended. */
  "run.cancel": call({ input: z.object({ runId: z.string() }), output: nothing }),
  /** The runs of this project as they happen, beginning with all events so far of one that is under way. */
  "run.events": stream({ input: nothing, event: runEventsSchema }),
  /** Every event of a past run. */
  "run.past": call({ input: z.object({ runId: z.string() }), output: runEventsSchema }),
  /** Two runs of the history, node by node. */
  "run.compare": call({ input: z.object({ from: z.string(), to: z.string() }), output: runComparisonSchema }),
  "run.history": call({
    input: z.object({ limit: z.int().min(1).max(1000).default(50) }),
    output: z.array(runRecordSchema),
  }),

  /** Rows of a node's present output. */
  "preview.page": binary({ input: rangeSchema.extend({ node }), head: pageHeadSchema }),
  /** Rows of one SELECT over every node's present output. */
  "query.page": binary({ input: rangeSchema.extend({ sql: z.string().max(1_000_000) }), head: pageHeadSchema }),

  /**
   * The first rows of what a node would give with this SQL, from the beginning of each input: `samples` says of which.
   * `table.page` on a table of type `draft` has all of them.
   */
  "preview.draft": binary({
    input: rangeSchema.extend({ node, sql: z.string().max(1_000_000) }),
    head: draftHeadSchema,
  }),

  /** A table is about to be looked at: the process that reads it starts already. */
  "table.expect": call({ input: z.object({}), output: z.object({}) }),
  /** A table and how many rows a view of it has; sorts and filters what has not been yet. */
  "table.open": call({ input: z.object({ table: tableSchema, view: viewInput }), output: openedTableSchema }),
  /** Rows of a view, of some columns by their places: any of ten million at once. */
  "table.page": binary({
    input: rangeSchema.extend({ table: tableSchema, view: viewInput, columns: placesSchema.nullable().default(null) }),
    head: tablePageSchema,
  }),
  /** One cell, whole. */
  "table.cell": call({
    input: z.object({ table: tableSchema, view: viewInput, row: z.int().min(0), column: z.int().min(0) }),
    output: z.object({ text: z.string().nullable() }),
  }),
  /** How columns' values are spread: as files tell, in a sample, or in every row. */
  "table.profile": call({
    input: z.object({ table: tableSchema, columns: placesSchema, scope: z.enum(profileScopes) }),
    output: tableProfileSchema,
  }),
  /** Rows of a view as text for another program. */
  "table.copy": call({
    input: z.object({
      table: tableSchema,
      view: viewInput,
      offset: z.int().min(0),
      limit: z.int().min(0),
      columns: placesSchema,
      format: z.enum(copyFormats),
    }),
    output: z.object({ text: z.string(), rows: z.number() }),
  }),
  /** Writes a view's rows as a file, to be read by `export.part`. */
  "table.export": call({
    input: z.object({
      table: tableSchema,
      view: viewInput,
      columns: placesSchema.nullable().default(null),
      format: z.enum(exportFormats),
    }),
    output: z.object({ export: z.string(), name: z.string(), rows: z.number(), bytes: z.number() }),
  }),
  /** A part of an exported file from `offset` on; empty at its end. */
  "export.part": binary({
    input: z.object({ export: z.string().max(100), offset: z.int().min(0) }),
    head: z.object({ bytes: z.number() }),
  }),
  "export.close": call({ input: z.object({ export: z.string().max(100) }), output: nothing }),
  /** The SELECT that gives a node's table as it is viewed. */
  "table.select": call({ input: z.object({ node, view: viewInput }), output: z.object({ sql: z.string() }) }),
  /** How a node's output differs from the last different one; `null` keys leave the choice to the host. */
  "table.difference": call({
    input: z.object({ node, keys: z.array(z.string()).max(50).nullable().default(null) }),
    output: differenceSchema,
  }),

  /** Where cards stand. Throws `canvas_unreadable` with the line of canvas.yml. */
  "canvas.get": call({ input: nothing, output: canvasSchema }),
  "canvas.put": call({ input: z.object({ patch: canvasPatchSchema, ...editing }), output: nothing }),

  /** Changes what files say: all commands or none; the files that were written and the nodes that were added. */
  "edit.apply": call({
    input: z.object({ commands: z.array(editCommandSchema).min(1).max(1000), ...editing }),
    output: z.object({ files: z.array(z.string()), nodes: z.array(z.string()) }),
  }),
  /** These nodes as YAML that can be read, edited and pasted. */
  "edit.copy": call({
    input: z.object({ nodes: z.array(node).min(1).max(1000) }),
    output: z.object({ text: z.string() }),
  }),
  /**
   * Takes the last edit of the project's files back; its label, `null` when there is nothing to undo. `edit_conflict`
   * where another program wrote: then nothing is taken back, `edit.conflicts` shows both, and `skip` goes past it.
   */
  "edit.undo": call({ input: historyStep, output: stepped }),
  "edit.redo": call({ input: historyStep, output: stepped }),
  /** Undoes or redoes until this edit of the history is the last one done; 0 is before the first. */
  "edit.jump": call({ input: z.object({ id: z.int().min(0) }), output: stepped }),
  "edit.conflicts": call({ input: z.object({ step: z.enum(["undo", "redo"]) }), output: z.array(editConflictSchema) }),
  "edit.history": call({ input: nothing, output: editStateSchema }),

  /** The texts of a node that an editor can change. */
  "node.text": call({ input: z.object({ node }), output: z.array(textPartSchema) }),
  /** Saves one of them; `edit_conflict` when it is not the version that was read. */
  "node.put-text": call({
    input: z.object({ node, part: textPartSchema.shape.part, text, version: z.string(), ...editing }),
    output: z.object({ version: z.string() }),
  }),
  /** Any text file of the project, such as one that could not become a node. */
  "file.get": call({ input: z.object({ file }), output: fileTextSchema }),
  "file.put": call({
    input: z.object({ file, text: text.nullable(), version: z.string().nullable(), ...editing }),
    output: fileTextSchema,
  }),

  /** Texts that were typed and could not be saved, newest first; kept until they are saved or dropped. */
  "draft.list": call({ input: nothing, output: z.array(draftSchema) }),
  "draft.put": call({ input: draftSchema, output: nothing }),
  "draft.drop": call({ input: draftSchema.pick({ key: true }), output: nothing }),

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
    output: z.object({ file: z.string() }),
  }),

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

  /** What the last runs kept of a node, newest first; runs that left it out are left out. */
  "node.results": call({
    input: z.object({ node, limit: z.int().min(1).max(50).default(20) }),
    output: z.array(nodeResultSchema),
  }),
  "features.show": call({ input: z.object({ node }), output: featureGroupViewSchema }),
  /** The SELECT of every key's features as they were at a moment (without a zone, UTC). */
  "features.as-of": call({
    input: z.object({ node, at: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?$/) }),
    output: z.object({ sql: z.string() }),
  }),
  /** An aggregation's windows over a histogram of its events; `null` when it looks at no time. */
  "windows.show": call({ input: z.object({ node }), output: windowsViewSchema.nullable() }),

  /** Every model with its versions; a model that was never trained has none. */
  "models.list": call({ input: nothing, output: z.array(modelListingSchema) }),
  /** One version in full: by id or label, `promoted` or `latest`; `null` for the promoted one, else the latest. */
  "models.show": call({
    input: z.object({ node, version: z.string().max(200).nullable().default(null) }),
    output: modelDetailsSchema,
  }),
  /** Makes a version the one that `predict` uses where it names none. Throws while a run is under way. */
  "models.promote": call({
    input: z.object({ node, version: z.string().min(1).max(200) }),
    output: z.object({ version: z.string() }),
  }),

  /** A node's columns, each with what it is made of. */
  "lineage.node": call({ input: z.object({ node }), output: nodeLineageSchema }),
  /** One column's way through the project, up and down. Throws `lineage_column_unknown`. */
  "lineage.columns": call({ input: z.object({ table: node, column }), output: columnLineageSchema }),
  /** What would no longer run if a column went. */
  "lineage.breaks": call({ input: z.object({ table: node, column }), output: columnBreaksSchema }),
  /** Every edit that gives a column another name, for one `rename-column` command. Writes nothing. */
  "lineage.mentions": call({ input: z.object({ table: node, column, to: column }), output: columnMentionsSchema }),

  /** Whether the person trusts this window's project: until then nothing of it is run, imported or connected to. */
  "trust.get": call({ input: nothing, output: z.object({ trusted: z.boolean() }) }),
  "trust.grant": call({ input: nothing, output: nothing }),
  "trust.list": call({
    input: nothing,
    output: z.array(z.object({ folder: z.string(), time: z.string() })),
  }),
  "trust.revoke": call({ input: z.object({ folder: z.string().max(4096) }), output: nothing }),

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
  /** Names of the person's secrets; values only ever go in. The desktop keeps them in the system's keychain instead. */
  "secrets.list": call({ input: nothing, output: z.array(z.string()) }),
  /** Keeps a secret outside of every project; `null` forgets it. */
  "secrets.put": call({
    input: z.object({ name: z.string().max(100), value: z.string().max(10_000).nullable() }),
    output: nothing,
  }),
  /** Connects once. Throws what stands in the way. */
  "connections.test": call({ input: z.object({ name: z.string() }), output: connectionTestSchema }),
  "connections.tables": call({ input: z.object({ name: z.string() }), output: z.array(serverTableSchema) }),
  "connections.columns": call({
    input: z.object({ name: z.string(), schema: z.string(), table: z.string() }),
    output: z.array(serverColumnSchema),
  }),

  /** What the engine takes of the machine now: this process and its DuckDB hosts. */
  "engine.status": call({
    input: nothing,
    output: z.object({ memoryBytes: z.number(), hosts: z.number() }),
  }),
  /** What windows remembered: of the person, and of this project. */
  "settings.get": call({ input: nothing, output: z.object({ person: settings, project: settings }) }),
  "settings.put": call({
    input: z.object({ scope: z.enum(["person", "project"]), key: z.string().max(100), value: z.json() }),
    output: nothing,
  }),
} as const;

export type Contract = typeof contract;
