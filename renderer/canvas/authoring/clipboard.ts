import type { EditCommand } from "../../../shared/api/index.ts";
import { host } from "../../api.ts";
import { graph, type Position } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { showMessage } from "../../ui/messages.tsx";
import { middleOfView } from "../canvas-hooks.ts";
import { focusCanvas, show } from "./add-node.ts";
import { applyEdit } from "./apply-edit.ts";
import { removeSelection, selectedNodes } from "./change-nodes.ts";
import { classifyText } from "./classify-text.ts";
import { dropText } from "./drop-files.ts";
import { placeAround } from "./free-place.ts";
import { freshName, namesOf } from "./names.ts";

const words = text.author;
const offset = 40;

/** What was copied last in this window, with where its cards stood: a text alone does not say. */
let copied: { readonly text: string; readonly places: readonly (Position | null)[] } = { text: "", places: [] };
/** How often it was pasted: each time a little further away. */
let pastes = 0;

const read = async (ids: readonly string[]): Promise<string> =>
  (await host().call("edit.copy", { nodes: [...ids] })).text;

/** Puts the selected nodes on the clipboard as YAML that anybody can read. */
export const copySelection = async (): Promise<boolean> => {
  const ids = selectedNodes().map(({ id }) => id);
  if (ids.length === 0) return false;
  try {
    const yaml = await read(ids);
    await navigator.clipboard.writeText(yaml);
    copied = { text: yaml, places: ids.map((id) => graph.positionOf(id)) };
    pastes = 0;
    announce(words.copied(ids.length));
    return true;
  } catch (error) {
    showMessage(error);
    return false;
  }
};

export const cutSelection = async (): Promise<void> => {
  if (await copySelection()) await removeSelection(true);
};

/** The selected nodes once more, reading what they read. */
export const duplicateSelection = async (): Promise<void> => {
  const ids = selectedNodes().map(({ id }) => id);
  if (ids.length === 0) return;
  try {
    const yaml = await read(ids);
    await pasteNodes(
      yaml,
      true,
      words.duplicateLabel(ids.length),
      beside(
        ids.map((id) => graph.positionOf(id)),
        1,
      ),
    );
  } catch (error) {
    showMessage(error);
  }
};

/** Makes nodes of a text: YAML, one SELECT, or a table. */
export const pasteText = async (pasted: string, keepInputs: boolean): Promise<void> => {
  const what = classifyText(pasted);
  if (pasted.trim() === "") return announce(words.pasteEmpty);
  if (what.type === "sql") return pasteSql(what.sql);
  if (what.type === "table") return dropText(pasted, what.ending, null);
  pastes++;
  const isOwn = pasted.trim() === copied.text.trim();
  // What is neither is sent too: the host says what it is not.
  await pasteNodes(pasted, keepInputs, words.pasteLabel, isOwn ? beside(copied.places, pastes) : around(pasted));
  return undefined;
};

const pasteSql = async (sql: string): Promise<void> => {
  const name = freshName("transform", "pasted");
  const id = `transform.${name}`;
  const place = placeAround(middleOfView());
  const commands: EditCommand[] = [
    { type: "add", kind: "transform", name, config: { transform: sql } },
    { type: "place", positions: { [id]: place } },
  ];
  await finish(await applyEdit(words.pasteLabel, commands, { [id]: place }));
};

const pasteNodes = async (
  yaml: string,
  keepInputs: boolean,
  label: string,
  places: readonly (Position | null)[],
): Promise<void> => finish(await applyEdit(label, [{ type: "paste", text: yaml, keepInputs, places: [...places] }]));

const finish = async (added: readonly string[] | null): Promise<void> => {
  if (added === null) return focusCanvas();
  show(added);
  announce(words.pasted(namesOf(added)));
};

const beside = (places: readonly (Position | null)[], times: number): readonly (Position | null)[] =>
  places.map((at) => (at === null ? null : { x: at.x + offset * times, y: at.y + offset * times }));

const pasted = { column: 300, row: 120 };

/** Nodes from elsewhere, in a square around the middle of the view. */
const around = (yaml: string): readonly Position[] => {
  const count = yaml.split(/^---/m).length;
  const columns = Math.ceil(Math.sqrt(count));
  const middle = middleOfView();
  const places: Position[] = [];
  for (let at = 0; at < count; at++) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    const x = middle.x + (column - (columns - 1) / 2) * pasted.column;
    const y = middle.y + (row - (Math.ceil(count / columns) - 1) / 2) * pasted.row;
    places.push(placeAround({ x, y }, places));
  }
  return places;
};

/** Reads the clipboard itself, where the browser lets the page. */
export const pasteFromClipboard = async (keepInputs: boolean): Promise<void> => {
  let content: string;
  try {
    content = await navigator.clipboard.readText();
  } catch {
    // Not allowed to look: what was copied here is known anyway.
    content = copied.text;
  }
  await pasteText(content, keepInputs);
};
