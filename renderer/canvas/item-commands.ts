import type { Command } from "../commands/command.ts";
import { graph } from "../store/graph-store.ts";
import { toggleMinimap } from "../store/layout-store.ts";
import { edgeText, findText, groupText, minimapText, noteText } from "../text/canvas-text.ts";
import { selectedEdge } from "./edge-selection.ts";
import { openFind } from "./find/find-store.ts";
import {
  groupSelection,
  hasGroup,
  renameSelectedGroup,
  toggleSelectedGroups,
  ungroupSelection,
} from "./items/group-actions.ts";
import { addNote } from "./items/note-actions.ts";
import { insertOn } from "./overlay/edge-plus.tsx";
import { selectNextEdge } from "./walk-edges.ts";

const { commands: groups } = groupText;
const hasSelection = (): boolean => graph.selection.size > 0;

const insertOnSelected = (): void => {
  const edge = selectedEdge();
  if (edge !== null) insertOn(edge);
};

/** What is drawn around cards: groups, notes, edges, the search and the overview. */
export const itemCommands: readonly Command[] = [
  { id: "canvas.find", title: findText.command, keys: ["Mod+F"], where: "canvas", run: openFind },
  {
    id: "canvas.group",
    title: groups.group,
    keys: ["Mod+G"],
    where: "canvas",
    isEnabled: hasSelection,
    run: groupSelection,
  },
  {
    id: "canvas.ungroup",
    title: groups.ungroup,
    keys: ["Mod+Shift+G"],
    where: "canvas",
    isEnabled: hasGroup,
    run: ungroupSelection,
  },
  {
    id: "canvas.collapse-group",
    title: groups.toggle,
    keys: ["Alt+C"],
    where: "canvas",
    isEnabled: hasGroup,
    run: toggleSelectedGroups,
  },
  {
    id: "canvas.rename-group",
    title: groups.rename,
    keys: ["Shift+F2"],
    where: "canvas",
    isEnabled: hasGroup,
    run: renameSelectedGroup,
  },
  { id: "canvas.add-note", title: noteText.add, keys: ["N"], where: "canvas", run: addNote },
  { id: "canvas.next-edge", title: edgeText.next, keys: ["E"], where: "canvas", run: selectNextEdge },
  {
    id: "canvas.insert-on-edge",
    title: edgeText.insertCommand,
    keys: ["Shift+E"],
    where: "canvas",
    isEnabled: () => selectedEdge() !== null,
    run: insertOnSelected,
  },
  { id: "canvas.minimap", title: minimapText.toggle, keys: [], where: "anywhere", run: toggleMinimap },
];
