import type { EditCommand } from "../../../shared/api/index.ts";
import type { Position } from "../../store/graph-store.ts";
import { holdDrop } from "../../store/held-drops.ts";
import { project } from "../../store/project-store.ts";
import { text } from "../../text/text.ts";
import { showMessage } from "../../ui/messages.tsx";
import { addNode, show } from "./add-node.ts";
import { applyEdit } from "./apply-edit.ts";
import { type DraggedTable, draggedTableSchema, tableDrag, templateDrag } from "./drag-types.ts";
import { dropFiles } from "./drop-files.ts";
import { placeAround } from "./free-place.ts";
import { freshName } from "./names.ts";
import { findTemplate } from "./templates.ts";

/** Something from outside the canvas was dropped on it: files, a palette entry, a server's table. */
export const takeDrop = (event: DragEvent, at: Position): void => {
  const { dataTransfer } = event;
  if (dataTransfer === null) return undefined;
  if (project.getState().status !== "open") return holdDrop(event);
  event.preventDefault();
  const template = findTemplate(dataTransfer.getData(templateDrag));
  const table = parseTable(dataTransfer.getData(tableDrag));
  const files = [...dataTransfer.files];
  const work = async (): Promise<unknown> => {
    if (template !== null) return addNode({ template, reads: [], at });
    if (table !== null) return addTable(table, at);
    return files.length > 0 ? dropFiles(files, at) : undefined;
  };
  work().catch(showMessage);
};

const parseTable = (json: string): DraggedTable | null => {
  if (json === "") return null;
  try {
    return draggedTableSchema.parse(JSON.parse(json));
  } catch {
    // Another program's drag that happens to use the name.
    return null;
  }
};

/** A source that reads a table of a connection. */
export const addTable = async ({ connection, type, schema, table }: DraggedTable, at: Position): Promise<void> => {
  const name = freshName("source", table);
  const id = `source.${name}`;
  const place = placeAround(at);
  const commands: EditCommand[] = [
    {
      type: "add",
      kind: "source",
      name,
      config: { source: type, connection, table: schema === null ? table : `${schema}.${table}` },
    },
    { type: "place", positions: { [id]: place } },
  ];
  const added = await applyEdit(text.author.addLabel(table), commands, { [id]: place });
  if (added !== null) show(added);
};
