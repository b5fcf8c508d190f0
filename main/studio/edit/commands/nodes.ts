import { ProjectError } from "../../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../../shared/graph/index.ts";
import { kinds } from "../../../../shared/graph/kinds/index.ts";
import { editYaml, parseYamlDocuments } from "../../../../shared/yaml/index.ts";
import { findNode, nodeDocument } from "../node-document.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";
import { inputEntry, listedInputs, refOf } from "./inputs.ts";
import { mentions } from "./mentions.ts";
import { removeDocument } from "./yaml-documents.ts";

/** Refuses a name that no node can have, or another one has. */
export const refuseName = ({ project }: CommandContext, kind: string, name: string): void => {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new ProjectError("edit_name_invalid", { params: { name } });
  const id = `${kind}.${name}`;
  if (project.nodes.has(id)) throw new ProjectError("edit_name_taken", { node: id, params: { node: id } });
};

/** A YAML document from nothing: one key after another, in the order given. */
const writeDocument = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values).reduce((text, [key, value]) => editYaml(text, [key], value), "");

export const add: ApplyCommand<"add"> = async ({ kind, name, config, file }, context) => {
  if (!Object.hasOwn(kinds, kind)) throw new ProjectError("edit_kind_unknown", { params: { kind } });
  refuseName(context, kind, name);
  const path = file ?? `pipelines/${name}.yml`;
  const existing = await context.files.read(path);
  const document = writeDocument({ kind, name, ...config });
  const isEmpty = existing === null || parseYamlDocuments(existing).every(({ value }) => value === null);
  const between = existing?.endsWith("\n") === true ? "---\n" : "\n---\n";
  await context.files.write(path, isEmpty ? (existing ?? "") + document : existing + between + document);
};

export const remove: ApplyCommand<"remove"> = async ({ nodes, heal }, context) => {
  const { project, files } = context;
  const going = new Set(nodes);
  for (const id of nodes) {
    const node = findNode(project, id);
    const { file, text, index } = await nodeDocument(node, files);
    await files.write(file, removeDocument(text, index));
  }
  if (!heal) return;
  for (const id of nodes) {
    const above = surviving(context, id, going);
    for (const reader of project.nodes.values()) {
      if (!going.has(reader.id) && reader.inputs.includes(id)) await readInstead(context, reader, id, above);
    }
  }
};

/** Lets a reader read others in place of a node: in its list and, where there is just one, in its SQL or code too. */
const readInstead = async (
  { files }: CommandContext,
  reader: PipelineNode,
  gone: string,
  instead: readonly string[],
): Promise<void> => {
  if (/\.ya?ml$/i.test(reader.location.file)) {
    const { file, text, index, value } = await nodeDocument(reader, files);
    const list = listedInputs(value);
    const at = list.findIndex((input) => refOf(input) === gone);
    if (at >= 0) {
      const known = new Set(list.map(refOf));
      const entries = instead.filter((id) => !known.has(id)).map((id) => inputEntry(list, id));
      const kept = [...list.slice(0, at), ...entries, ...list.slice(at + 1)];
      await files.write(file, editYaml(text, ["inputs"], kept.length === 0 ? undefined : kept, index));
    }
  }
  const [only] = instead;
  if (only === undefined || instead.length > 1) return;
  for (const file of reader.files) {
    const text = await files.read(file);
    if (text !== null) await files.write(file, text.replaceAll(mentions(gone), only));
  }
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
