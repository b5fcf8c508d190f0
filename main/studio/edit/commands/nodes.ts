import { ProjectError } from "../../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../../shared/graph/index.ts";
import { kinds } from "../../../../shared/graph/kinds/index.ts";
import { editYaml, parseYamlDocuments } from "../../../../shared/yaml/index.ts";
import type { EditedFiles } from "../edited-files.ts";
import { findNode, nodeDocument } from "../node-document.ts";
import { removeFunction } from "../python/remove-function.ts";
import { canvasFile } from "../../canvas/canvas-file.ts";
import { changeCanvas } from "./canvas.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";
import { readInstead } from "./inputs.ts";
import { removeDocument } from "./yaml-documents.ts";

/** Refuses a name that no node can have, or another one has. */
export const refuseName = ({ project, added }: CommandContext, kind: string, name: string): void => {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new ProjectError("edit_name_invalid", { params: { name } });
  const id = `${kind}.${name}`;
  if (project.nodes.has(id) || added.includes(id))
    throw new ProjectError("edit_name_taken", { node: id, params: { node: id } });
};

/** A YAML document from nothing: one key after another, in the order given. */
const writeDocument = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values).reduce((text, [key, value]) => editYaml(text, [key], value), "");

export const add: ApplyCommand<"add"> = async ({ kind, name, config, file }, context) => {
  if (!Object.hasOwn(kinds, kind)) throw new ProjectError("edit_kind_unknown", { params: { kind } });
  refuseName(context, kind, name);
  await addDocument(context, file ?? `pipelines/${name}.yml`, writeDocument({ kind, name, ...config }));
  context.added.push(`${kind}.${name}`);
};

/** Puts a document into a file: alone, or after those that are there. */
const addDocument = async ({ files }: CommandContext, path: string, document: string): Promise<void> => {
  const existing = await files.read(path);
  const isEmpty = existing === null || parseYamlDocuments(existing).every(({ value }) => value === null);
  const between = existing?.endsWith("\n") === true ? "---\n" : "\n---\n";
  await files.write(path, isEmpty ? (existing ?? "") + document : existing + between + document);
};

export const remove: ApplyCommand<"remove"> = async ({ nodes, heal }, context) => {
  const { project, files } = context;
  const going = new Set(nodes);
  await forgetPlaces(context, going);
  for (const id of nodes) {
    const node = findNode(project, id);
    await removeDefinition(node, files);
  }
  if (!heal) return;
  for (const id of nodes) {
    const above = surviving(context, id, going);
    for (const reader of project.nodes.values()) {
      if (!going.has(reader.id) && reader.inputs.includes(id)) await readInstead(context, reader, id, above);
    }
  }
};

/** Takes the nodes off the canvas file too, where it knows them. */
const forgetPlaces = async (context: CommandContext, going: ReadonlySet<string>): Promise<void> => {
  const text = await context.files.read(canvasFile);
  if (text === null || ![...going].some((id) => text.includes(id))) return;
  const stays = (id: string): boolean => !going.has(id);
  await changeCanvas(context, ({ positions, groups, notes }) => ({
    positions: Object.fromEntries(Object.entries(positions).filter(([id]) => stays(id))),
    groups: Object.fromEntries(
      Object.entries(groups).map(([id, group]) => [id, { ...group, nodes: group.nodes.filter(stays) }]),
    ),
    notes,
  }));
};

const removeDefinition = async (node: PipelineNode, files: EditedFiles): Promise<void> => {
  if (!/\.ya?ml$/i.test(node.location.file)) return removeFunction(node, files);
  const { file, text, index } = await nodeDocument(node, files);
  return files.write(file, removeDocument(text, index));
};

export const createFile: ApplyCommand<"create-file"> = async ({ file, text }, { files }) => {
  if ((await files.read(file)) !== null) throw new ProjectError("edit_file_exists", { params: { file } });
  await files.write(file, text);
};

/** What a removed node read, past others that go too. */
const surviving = ({ project }: CommandContext, id: string, going: ReadonlySet<string>): readonly string[] => {
  const found = new Set<string>();
  const seen = new Set([id]);
  const open = [...(project.nodes.get(id)?.inputs ?? [])];
  for (let input = open.shift(); input !== undefined; input = open.shift()) {
    if (seen.has(input)) continue;
    seen.add(input);
    if (going.has(input)) open.push(...(project.nodes.get(input)?.inputs ?? []));
    else if (project.nodes.has(input)) found.add(input);
  }
  return [...found];
};
