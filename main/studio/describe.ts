import type { NodeSchemaView, SqlProblemView, StudioHandlers } from "../../shared/api/index.ts";
import type { NodeSchema, SchemaProblem } from "../engine/index.ts";
import { definitionOf } from "./edit/definition.ts";
import { EditedFiles } from "./edit/edited-files.ts";
import { findNode } from "./edit/node-document.ts";
import type { KeptNode } from "./project/last-shapes.ts";
import type { ProjectSession } from "./project/project-session.ts";
import { problemView } from "./project/problem-view.ts";
import { sqlParameters } from "./project/sql-parameters.ts";
import { nodeRuns } from "./runs/node-runs.ts";
import type { StudioWindow } from "./studio.ts";
import { textOwner, type TextOwner } from "./text/text-owner.ts";

const sqlProblem = ({ problem, fault, replacements, valid }: SchemaProblem): SqlProblemView => ({
  problem: problemView(problem),
  start: fault?.start ?? null,
  end: fault?.end ?? null,
  replacements: [...replacements],
  valid: [...valid],
});

const schemaView = (
  { columns, from, isCertain, waitingFor, problem }: NodeSchema,
  inputs: readonly {
    readonly id: string;
    readonly columns: NodeSchema["columns"];
    readonly from: NodeSchema["from"];
  }[],
): NodeSchemaView => ({
  columns: columns === null ? null : [...columns],
  from,
  isCertain,
  waitingFor: [...waitingFor],
  problem: problem === null ? null : sqlProblem(problem),
  inputs: inputs.map((input) => ({ ...input, columns: input.columns === null ? null : [...input.columns] })),
});

/** A node as it is saved. */
const savedSchema = async (session: ProjectSession, id: string, signal: AbortSignal): Promise<NodeSchemaView> => {
  const node = findNode(await session.project(), id);
  const { nodes } = await session.engine.schemas(signal);
  const of = (input: string): NodeSchema | undefined => nodes.get(input);
  const inputs = node.inputs.map((input) => ({
    id: input,
    columns: of(input)?.columns ?? null,
    from: of(input)?.from ?? null,
  }));
  const schema = of(id);
  if (schema === undefined) throw new TypeError(`${id} has no schema although it is a node`);
  return schemaView(schema, inputs);
};

/** What the file of a node that could not be loaded lists as inputs and parameters; where it says nothing, what it had. */
const writtenSettings = ({ document }: TextOwner, was: KeptNode | undefined) => {
  if (document === null && was !== undefined) {
    const { inputs, config } = was.node;
    return { inputs: [...inputs], params: { ...(config as { readonly params?: Record<string, unknown> }).params } };
  }
  const list = document?.value["inputs"] ?? document?.value["depends_on"];
  const params = document?.value["params"];
  const inputs = (Array.isArray(list) ? list : []).flatMap((input: unknown) => {
    if (typeof input === "string") return input;
    return typeof input === "object" && input !== null && "ref" in input ? String(input.ref) : [];
  });
  return { inputs, params: typeof params === "object" && params !== null ? { ...params } : {} };
};

const draftSchema = async (
  session: ProjectSession,
  draft: { readonly node: string; readonly sql: string },
  signal: AbortSignal,
): Promise<NodeSchemaView> => {
  const project = await session.project();
  const isLoaded = project.nodes.has(draft.node);
  const files = new EditedFiles(session.root);
  const was = project.kept.get(draft.node);
  const written = isLoaded ? {} : writtenSettings(await textOwner(project, draft.node, files), was);
  const { inputs, ...schema } = await session.engine.describe({ ...draft, ...written }, signal);
  return schemaView(schema, inputs);
};

/** A text that is no node's. */
const querySchema = async (session: ProjectSession, sql: string, signal: AbortSignal): Promise<NodeSchemaView> => {
  const { inputs, ...schema } = await session.engine.describe({ node: "query", sql, inputs: [] }, signal);
  return schemaView(schema, inputs);
};

/** What nodes and texts would give, and what is wrong with them, before anything runs. */
export const describeHandlers = {
  "node.describe": ({ node, sql }, { session }, signal) => {
    if (node === null) return querySchema(session, sql ?? "", signal);
    return sql === null ? savedSchema(session, node, signal) : draftSchema(session, { node, sql }, signal);
  },
  "sql.functions": async (_input, { session }) => [...(await session.engine.sqlFunctions())],
  "sql.parameters": async ({ node }, { session }) => [...sqlParameters(await session.project(), node)],
  "file.check": async ({ file, text }, { session }) => (await session.engine.checkText(file, text)).map(problemView),
  "node.document": async ({ node: id }, { session }) => {
    const node = findNode(await session.project(), id);
    const value = await definitionOf(node, new EditedFiles(session.root));
    return {
      file: node.location.file,
      line: node.location.line,
      written: /\.ya?ml$/i.test(node.location.file) ? "yaml" : "decorators",
      value: JSON.parse(JSON.stringify(value)) as Record<string, never>,
    };
  },
  "node.runs": async ({ node, limit }, { session }) => nodeRuns(session, node, limit),
} satisfies Partial<StudioHandlers<StudioWindow>>;
