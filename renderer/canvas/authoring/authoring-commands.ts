import type { Command } from "../../commands/command.ts";
import { openKeysPage } from "../../commands/keys-page-store.ts";
import { canBeLeftOut, comingFiles } from "../../store/coming-files.ts";
import { graph } from "../../store/graph-store.ts";
import { project } from "../../store/project-store.ts";
import { comingText } from "../../text/canvas-text.ts";
import { text } from "../../text/text.ts";
import { selectedEdge } from "../edge-selection.ts";
import { edgeMiddle } from "../hit-test.ts";
import { removeSelection, selectedNodes, toggleEnabled, togglePinned } from "./change-nodes.ts";
import { chooseFiles } from "./choose-files.ts";
import { copySelection, cutSelection, duplicateSelection, pasteFromClipboard } from "./clipboard.ts";
import { connectByChoosing } from "./connect.ts";
import { dropFiles } from "./drop-files.ts";
import { goToFile } from "./go-to-file.ts";
import { quickAdd, readable } from "./quick-add.ts";
import { startRenaming } from "./rename-store.ts";
import { leaveOutAll } from "./stand-in.ts";
import { writeToPostgres } from "./write-target.ts";

const words = text.author;
const isOpen = (): boolean => project.getState().status === "open";
const hasNodes = (): boolean => selectedNodes().length > 0;
const hasOne = (): boolean => graph.selection.size === 1 && hasNodes();
const canvas = { where: "canvas", isEnabled: isOpen } as const;
const onNodes = { where: "canvas", isEnabled: hasNodes } as const;
const onOne = { where: "canvas", isEnabled: hasOne } as const;

const withOne = <T>(act: (id: string) => T): T | undefined => {
  const [id] = graph.selection;
  return id === undefined ? undefined : act(id);
};

/** On a selected wire, into it; else after what is selected. */
const addHere = (): Promise<void> => {
  const edge = selectedEdge();
  if (edge === null) return quickAdd({ reads: readable(graph.selection) });
  return quickAdd({ reads: [edge.from], edge, at: edgeMiddle(graph, edge), onlyReaders: true });
};

/** Drawing the pipeline: adding, connecting, changing, copying. */
export const authoringCommands: readonly Command[] = [
  {
    ...canvas,
    id: "author.add",
    title: words.add,
    keys: ["A", "/"],
    run: addHere,
  },
  {
    ...onNodes,
    id: "author.add-after",
    title: words.addAfter,
    keys: ["."],
    run: () => quickAdd({ reads: readable(graph.selection), onlyReaders: true }),
  },
  {
    ...canvas,
    where: "anywhere",
    id: "author.add-files",
    title: words.addFile,
    keys: [],
    run: async () => dropFiles(await chooseFiles(), null),
  },
  {
    ...canvas,
    where: "anywhere",
    id: "author.leave-out-files",
    title: comingText.cancelAll,
    keys: [],
    isEnabled: () => comingFiles.getState().files.some(canBeLeftOut),
    run: leaveOutAll,
  },
  {
    ...onOne,
    id: "author.connect",
    title: words.connect,
    keys: ["C"],
    run: () => withOne(connectByChoosing),
  },
  {
    id: "author.remove",
    title: words.remove,
    keys: ["Delete", "Backspace"],
    where: "canvas",
    isEnabled: () => hasNodes() || selectedEdge() !== null,
    run: () => removeSelection(true),
  },
  {
    ...onNodes,
    id: "author.remove-bare",
    title: words.removeBare,
    keys: ["Shift+Delete"],
    run: () => removeSelection(false),
  },
  { ...onOne, id: "author.rename", title: words.rename, keys: ["F2"], run: () => withOne(startRenaming) },
  { ...onNodes, id: "author.disable", title: words.disable, keys: ["M"], run: toggleEnabled },
  { ...onNodes, id: "author.pin", title: words.pin, keys: ["P"], run: togglePinned },
  { ...onNodes, id: "author.duplicate", title: words.duplicate, keys: ["Mod+D"], run: duplicateSelection },
  {
    ...onNodes,
    needsFocus: true,
    id: "author.copy",
    title: words.copy,
    keys: ["Mod+C"],
    run: async () => void (await copySelection()),
  },
  { ...onNodes, needsFocus: true, id: "author.cut", title: words.cut, keys: ["Mod+X"], run: cutSelection },
  {
    ...canvas,
    id: "author.paste",
    title: words.paste,
    keys: ["Mod+V"],
    isNative: true,
    run: () => pasteFromClipboard(false),
  },
  {
    ...canvas,
    id: "author.paste-inputs",
    title: words.pasteInputs,
    keys: ["Mod+Shift+V"],
    isNative: true,
    run: () => pasteFromClipboard(true),
  },
  { ...onOne, id: "author.upsert", title: words.target.upsert, keys: [], run: () => writeToPostgres("upsert") },
  { ...onOne, id: "author.replace", title: words.target.replace, keys: [], run: () => writeToPostgres("replace") },
  { ...onOne, id: "author.append", title: words.target.append, keys: [], run: () => writeToPostgres("append") },
  { ...canvas, where: "anywhere", id: "author.go-to-file", title: words.goToFile, keys: ["Mod+P"], run: goToFile },
  {
    where: "anywhere",
    id: "window.keys",
    title: text.keysPage.show,
    keys: ["Shift+?"],
    run: openKeysPage,
  },
];
