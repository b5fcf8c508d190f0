import { ProjectError } from "../../../../shared/errors/index.ts";
import { findCycles, type PipelineNode } from "../../../../shared/graph/index.ts";
import { editYaml } from "../../../../shared/yaml/index.ts";
import type { Project } from "../../../engine/index.ts";
import { findNode, nodeDocument } from "../node-document.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";

/** The id that an entry of a list names, in either spelling. */
export const refOf = (input: unknown): unknown =>
  typeof input === "object" && input !== null && "ref" in input ? input.ref : input;

/** What a node's file lists as its inputs. */
export const listedInputs = (value: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Array.isArray(value["inputs"]) ? (value["inputs"] as readonly unknown[]) : [];

/** A further entry, spelled as the others are. */
export const inputEntry = (list: readonly unknown[], id: string): unknown =>
  list.length > 0 && list.every((input) => typeof input === "string") ? id : { ref: id };

const refuseCycle = (project: Project, from: string, to: string): void => {
  const inputs = new Map([...project.nodes.values()].map((node) => [node.id, [...node.inputs]]));
  inputs.get(to)?.push(from);
  const [cycle] = findCycles(inputs);
  if (cycle !== undefined) {
    throw new ProjectError("edit_makes_cycle", { node: to, params: { from, to, cycle: cycle.join(" → ") } });
  }
};

/** Adds `from` to what `to` lists; written as the list's other entries are. */
const addInput = async ({ files }: CommandContext, to: PipelineNode, from: string): Promise<void> => {
  const { file, text, index, value } = await nodeDocument(to, files);
  const list = listedInputs(value);
  if (list.some((input) => refOf(input) === from)) return;
  const entry = inputEntry(list, from);
  const [path, written] = list.length === 0 ? [["inputs"], [entry]] : [["inputs", list.length], entry];
  await files.write(file, editYaml(text, path, written, index));
};

/** Takes `from` out of what `to` lists; `false` when it was not listed there. */
const removeInput = async ({ files }: CommandContext, to: PipelineNode, from: string): Promise<boolean> => {
  const { file, text, index, value } = await nodeDocument(to, files);
  const list = listedInputs(value);
  const at = list.findIndex((input) => refOf(input) === from);
  if (at < 0) return false;
  const path = list.length === 1 ? ["inputs"] : ["inputs", at];
  await files.write(file, editYaml(text, path, undefined, index));
  return true;
};

export const connect: ApplyCommand<"connect"> = async ({ from, to }, context) => {
  findNode(context.project, from);
  refuseCycle(context.project, from, to);
  await addInput(context, findNode(context.project, to), from);
};

export const disconnect: ApplyCommand<"disconnect"> = async ({ from, to }, context) => {
  const node = findNode(context.project, to);
  const isListed = await removeInput(context, node, from);
  // The wire comes from the SQL itself: taking a line out of it is the person's to decide.
  if (!isListed)
    throw new ProjectError("edit_input_in_body", { node: to, location: node.location, params: { from, to } });
};
