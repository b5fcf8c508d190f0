import { canvasFile } from "../../canvas/canvas-file.ts";
import { setInDefinition } from "../definition.ts";
import { findNode } from "../node-document.ts";
import { changeCanvas } from "./canvas.ts";
import type { ApplyCommand, CommandContext } from "./command-context.ts";
import { mentions } from "./mentions.ts";
import { refuseName } from "./nodes.ts";

/** Everything that can name a node: YAML lists, SQL, Python, all in the files of the nodes that read it. */
const renameReaders = async ({ project, files }: CommandContext, from: string, to: string): Promise<void> => {
  const readers = [...project.nodes.values()].filter(({ inputs }) => inputs.includes(from));
  for (const file of new Set(readers.flatMap((reader) => reader.files))) {
    const text = await files.read(file);
    if (text !== null) await files.write(file, text.replaceAll(mentions(from), to));
  }
};

const renameOnCanvas = async (context: CommandContext, from: string, to: string): Promise<void> => {
  if ((await context.files.read(canvasFile)) === null) return;
  const renamed = (id: string): string => (id === from ? to : id);
  await changeCanvas(context, ({ positions, groups, notes }) => ({
    positions: Object.fromEntries(Object.entries(positions).map(([id, position]) => [renamed(id), position])),
    groups: Object.fromEntries(
      Object.entries(groups).map(([id, group]) => [id, { ...group, nodes: group.nodes.map(renamed) }]),
    ),
    notes,
  }));
};

export const rename: ApplyCommand<"rename"> = async ({ node: id, name }, context) => {
  const node = findNode(context.project, id);
  if (node.name === name) return;
  refuseName(context, node.kind, name);
  await setInDefinition(node, context.files, ["name"], name);
  await renameReaders(context, id, `${node.kind}.${name}`);
  await renameOnCanvas(context, id, `${node.kind}.${name}`);
};
