import { keysFor } from "../../commands/key-settings.ts";
import { showKeys } from "../../commands/keys.ts";
import { runCommand } from "../../commands/keymap.ts";
import { matchScore } from "../../commands/match.ts";
import { commands, findCommand, isEnabled } from "../../commands/registry.ts";
import { graph } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { showMessage } from "../../ui/messages.tsx";
import { canvasPointAt } from "../canvas-hooks.ts";
import { selectEdge } from "../edge-selection.ts";
import { cardAt, edgeAt } from "../hit-test.ts";
import { viewport } from "../viewport.ts";
import { focusCanvas } from "./add-node.ts";
import { choose } from "./chooser-store.ts";

/** Pixels beside an edge that still mean it. */
const reach = 8;
/** Those that only move what the keys are at: a hand clicks instead. */
const walking = /^canvas\.(walk|next-edge|clear|move)/;

/** What can be done with what was clicked: the commands that act on the canvas, by name. */
export const listenForContextMenu = (): (() => void) => {
  const listening = new AbortController();
  const onMenu = (event: MouseEvent): void => {
    const { target, clientX: x, clientY: y } = event;
    if (!(target instanceof Element) || target.closest(".canvas") === null) return;
    if (target.closest("input, textarea") !== null) return;
    event.preventDefault();
    selectAt(x, y);
    openMenu({ x, y }).catch(showMessage);
  };
  window.addEventListener("contextmenu", onMenu, { signal: listening.signal });
  return () => listening.abort();
};

/** What lies under the pointer becomes what the commands act on; with several selected, one of them keeps them all. */
const selectAt = (x: number, y: number): void => {
  const point = canvasPointAt(x, y);
  const card = cardAt(graph, point);
  if (card !== null) {
    if (!graph.selection.has(card)) graph.select([card]);
    return;
  }
  const edge = edgeAt(graph, point, reach / viewport.getState().zoom);
  graph.select([]);
  if (edge !== null) selectEdge(edge);
};

const offered = () =>
  commands.filter(
    (command) =>
      (command.where === "canvas" || command.id.startsWith("run.") || command.id.startsWith("canvas.")) &&
      !walking.test(command.id) &&
      isEnabled(command),
  );

const openMenu = async (at: { readonly x: number; readonly y: number }): Promise<void> => {
  const id = await choose({
    label: text.author.menu,
    placeholder: text.author.menu,
    nothing: text.commandPalette.nothing,
    at,
    choices: (query) =>
      offered()
        .flatMap((command) => {
          const score = matchScore(query, command.title);
          return score === null ? [] : [{ command, score }];
        })
        .toSorted((a, b) => b.score - a.score)
        .map(({ command }) => {
          const [keys] = keysFor(command);
          const detail = keys === undefined ? "" : showKeys(keys);
          return { id: command.id, title: command.title, detail, icon: "chevron", refusal: null };
        }),
  });
  focusCanvas();
  const command = id === null ? null : findCommand(id);
  if (command !== null) runCommand(command);
};
