import type { CanvasGroup } from "../../../shared/api/index.ts";
import { graph } from "../../store/graph-store.ts";
import { groupText } from "../../text/canvas-text.ts";
import { announce } from "../../ui/announcer.tsx";
import { fit } from "../viewport.ts";
import { canvasItems } from "./canvas-items.ts";
import { freeId, saveGroups } from "./save-items.ts";
import { shownGroups } from "./shown-groups.ts";
import { editTitle } from "./title-editing.ts";

/** Groups that hold any of these cards. */
const groupsOf = (ids: ReadonlySet<string>): readonly (readonly [string, CanvasGroup])[] =>
  Object.entries(canvasItems.getState().groups).filter(([, { nodes }]) => nodes.some((id) => ids.has(id)));

export const hasGroup = (): boolean => groupsOf(graph.selection).length > 0;

/** Puts a frame around the selected cards, taking them out of the groups they were in, and asks for its title. */
export const groupSelection = async (): Promise<void> => {
  const { groups } = canvasItems.getState();
  const nodes = [...graph.selection];
  const id = freeId(groups, "group");
  const title = groupText.untitled(Object.keys(groups).length + 1);
  const left = groupsOf(graph.selection).map(([other, group]) => {
    const rest = group.nodes.filter((node) => !graph.selection.has(node));
    return [other, rest.length === 0 ? null : { ...group, nodes: rest }] as const;
  });
  editTitle(id);
  announce(groupText.made(title, nodes.length));
  const made: CanvasGroup = { title, nodes, collapsed: false, colour: null };
  await saveGroups({ ...Object.fromEntries(left), [id]: made }, groupText.make(nodes.length));
};

/** Takes the frames of the selected cards away; the cards stay. */
export const ungroupSelection = async (): Promise<void> => {
  const found = groupsOf(graph.selection);
  announce(groupText.dissolved(found.length));
  await saveGroups(Object.fromEntries(found.map(([id]) => [id, null])), groupText.dissolve);
};

/** Collapses groups, or opens them when all of them are collapsed. */
export const toggleCollapsed = async (ids: readonly string[]): Promise<void> => {
  const { groups } = canvasItems.getState();
  const found = ids.flatMap((id) => (groups[id] === undefined ? [] : [[id, groups[id]] as const]));
  const collapsed = !found.every(([, group]) => group.collapsed);
  const label = collapsed ? groupText.collapse : groupText.expand;
  announce(
    found.map(([, { title }]) => (collapsed ? groupText.collapsed(title) : groupText.expanded(title))).join(" "),
  );
  await saveGroups(Object.fromEntries(found.map(([id, group]) => [id, { ...group, collapsed }])), label);
};

export const toggleSelectedGroups = (): Promise<void> => toggleCollapsed(groupsOf(graph.selection).map(([id]) => id));

export const renameGroup = async (id: string, title: string): Promise<void> => {
  const group = canvasItems.getState().groups[id];
  const words = title.trim();
  if (group === undefined || words === "" || words === group.title) return;
  await saveGroups({ [id]: { ...group, title: words.slice(0, 500) } }, groupText.rename(words));
};

export const renameSelectedGroup = (): void => editTitle(groupsOf(graph.selection)[0]?.[0] ?? null);

/** Selects a group's cards and shows them. */
export const goToGroup = (id: string): void => {
  const frame = shownGroups().find((shown) => shown.id === id);
  if (frame === undefined) return;
  graph.select(frame.members);
  fit(frame.box);
};
