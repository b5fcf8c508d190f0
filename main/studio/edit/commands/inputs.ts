import { ProjectError } from "../../../../shared/errors/index.ts";
import { emptyTransform, findCycles, type PipelineNode, selectAll, whyNot } from "../../../../shared/graph/index.ts";
import type { Project } from "../../../engine/index.ts";
import { definitionOf, setInDefinition } from "../definition.ts";
import { findNode } from "../node-document.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";
import { mentions } from "./mentions.ts";

/** The id that an entry of a list names, in either spelling. */
export const refOf = (input: unknown): unknown =>
  typeof input === "object" && input !== null && "ref" in input ? input.ref : input;

/** What a node's file lists as its inputs. */
export const listedInputs = (value: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Array.isArray(value["inputs"]) ? (value["inputs"] as readonly unknown[]) : [];

/** A further entry, spelled as the others are; a decorator's list holds plain texts. */
const inputEntry = (list: readonly unknown[], id: string, node?: PipelineNode): unknown =>
  node?.location.file.endsWith(".py") === true || (list.length > 0 && list.every((input) => typeof input === "string"))
    ? id
    : { ref: id };

const refuseCycle = (project: Project, from: string, to: string): void => {
  const inputs = new Map([...project.nodes.values()].map((node) => [node.id, [...node.inputs]]));
  inputs.get(to)?.push(from);
  const [cycle] = findCycles(inputs);
  if (cycle !== undefined) {
    throw new ProjectError("edit_makes_cycle", { node: to, params: { from, to, cycle: cycle.join(" → ") } });
  }
};

const refuseKinds = (from: string, to: string): void => {
  const why = whyNot(from.split(".")[0] ?? "", to.split(".")[0] ?? "");
  if (why !== null) throw new ProjectError("edit_connect_kind", { node: to, params: { from, to, why } });
};

/** Adds `from` to what `to` lists; written as the list's other entries are. */
const addInput = async ({ files }: CommandContext, to: PipelineNode, from: string): Promise<void> => {
  const list = listedInputs(await definitionOf(to, files));
  if (list.some((input) => refOf(input) === from)) return;
  const entry = inputEntry(list, from, to);
  if (list.length === 0) await setInDefinition(to, files, ["inputs"], [entry]);
  else await setInDefinition(to, files, ["inputs", list.length], entry);
};

/** Takes `from` out of what `to` lists; `false` when it was not listed there. */
const removeInput = async ({ files }: CommandContext, to: PipelineNode, from: string): Promise<boolean> => {
  const list = listedInputs(await definitionOf(to, files));
  const at = list.findIndex((input) => refOf(input) === from);
  if (at < 0) return false;
  await setInDefinition(to, files, list.length === 1 ? ["inputs"] : ["inputs", at], undefined);
  return true;
};

/** A node that is there, or that this edit has just added. */
const refuseUnknown = ({ project, added }: CommandContext, id: string): void => {
  if (!added.includes(id)) findNode(project, id);
};

export const connect: ApplyCommand<"connect"> = async ({ from, to }, context) => {
  refuseUnknown(context, from);
  refuseKinds(from, to);
  refuseCycle(context.project, from, to);
  await wire(context, findNode(context.project, to), from);
};

/** What connecting means for this pair: a key of its own where the kind has one, else a further input. */
const wire = async (context: CommandContext, to: PipelineNode, from: string): Promise<void> => {
  const { files } = context;
  const definition = await definitionOf(to, files);
  const fromKind = from.split(".")[0];
  if (to.kind === "predict" && fromKind === "model") return setInDefinition(to, files, ["model"], from);
  if (to.kind === "model" && fromKind === "feature_group") {
    const features = Array.isArray(definition["features"]) ? (definition["features"] as readonly unknown[]) : [];
    if (features.some((feature) => refOf(feature) === from)) return undefined;
    return setInDefinition(
      to,
      files,
      features.length === 0 ? ["features"] : ["features", features.length],
      features.length === 0 ? [{ ref: from }] : { ref: from },
    );
  }
  // A transform that has read nothing so far, and says nothing yet, hands its first input on.
  if (definition["transform"] === emptyTransform && to.inputs.length === 0) {
    await setInDefinition(to, files, ["transform"], selectAll(from));
  }
  return addInput(context, to, from);
};

export const disconnect: ApplyCommand<"disconnect"> = async ({ from, to }, context) => {
  const node = findNode(context.project, to);
  const isListed = await removeInput(context, node, from);
  const isNamed = await namesInBody(context, node, from);
  if (isListed && !isNamed) return;
  // The wire comes from the SQL itself: taking a line out of it is the person's to decide.
  throw new ProjectError("edit_input_in_body", { node: to, location: node.location, params: { from, to } });
};

/** Whether the node's SQL names the other one; its `inputs` list, in the same file, does not count. */
const namesInBody = async ({ files }: CommandContext, node: PipelineNode, id: string): Promise<boolean> => {
  const { body } = node;
  if (body === null) return false;
  if (body.language === "sql") return mentions(id).test(body.text);
  const code = (await files.read(body.file)) ?? "";
  return mentions(id).test(code);
};

/** Lets a reader read others in place of a node: in its list and, where there is just one, in its SQL or code too. */
export const readInstead = async (
  { files }: CommandContext,
  reader: PipelineNode,
  gone: string,
  instead: readonly string[],
): Promise<void> => {
  const list = listedInputs(await definitionOf(reader, files));
  const at = list.findIndex((input) => refOf(input) === gone);
  if (at >= 0) {
    const known = new Set(list.map(refOf));
    const entries = instead.filter((id) => !known.has(id)).map((id) => inputEntry(list, id, reader));
    const kept = [...list.slice(0, at), ...entries, ...list.slice(at + 1)];
    await setInDefinition(reader, files, ["inputs"], kept.length === 0 ? undefined : kept);
  }
  const [only] = instead;
  if (only === undefined || instead.length > 1) return;
  for (const file of reader.files) {
    const text = await files.read(file);
    if (text !== null) await files.write(file, text.replaceAll(mentions(gone), only));
  }
};

export const reroute: ApplyCommand<"reroute"> = async ({ reader, from, to }, context) => {
  refuseUnknown(context, to);
  refuseKinds(to, reader);
  const node = findNode(context.project, reader);
  if (context.project.nodes.has(to)) refuseCycle(context.project, to, reader);
  await readInstead(context, node, from, [to]);
};
