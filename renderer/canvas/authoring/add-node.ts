import type { EditCommand } from "../../../shared/api/index.ts";
import { graph, type Position } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { type CanvasEdge, middleOfView } from "../canvas-hooks.ts";
import { reveal } from "../viewport.ts";
import { applyEdit } from "./apply-edit.ts";
import { placeAfter, placeAround } from "./free-place.ts";
import { freshName, namesOf } from "./names.ts";
import { rememberTemplate } from "./recent-templates.ts";
import type { Template } from "./templates.ts";
import { upstreamOf } from "./upstream-of.ts";

export interface Addition {
  readonly template: Template;
  /** Nodes that it is to read. */
  readonly reads: readonly string[];
  /** Where its middle goes; right of what it reads, else in the middle of the view, when left out. */
  readonly at?: Position | null | undefined;
  /** The wire that it is put into: its end reads the new node from then on. */
  readonly edge?: CanvasEdge | null | undefined;
}

/** How many of the chosen tables a template takes. */
const readsOf = ({ reads }: Template, ids: readonly string[]): readonly string[] =>
  reads === "many" ? ids : ids.slice(0, reads);

/** Adds a node, connected, in its place, as one step of the history; selects it. */
export const addNode = async ({ template, reads, at, edge }: Addition): Promise<readonly string[] | null> => {
  const { kind, label, stem, make } = template;
  const inputs = readsOf(template, reads);
  const name = freshName(kind, stem);
  const id = `${kind}.${name}`;
  const { config, code } = make(name, await upstreamOf(inputs));
  const place = at == null ? (placeAfter(inputs) ?? placeAround(middleOfView())) : placeAround(at);
  const commands: EditCommand[] = [
    ...(code === undefined ? [] : [{ type: "create-file" as const, ...code }]),
    {
      type: "add",
      kind,
      name,
      config: { ...(inputs.length === 0 ? {} : { inputs: inputs.map((ref) => ({ ref })) }), ...(config as object) },
    },
    ...(edge == null ? [] : [{ type: "reroute" as const, reader: edge.to, from: edge.from, to: id }]),
    { type: "place", positions: { [id]: place } },
  ];
  const added = await applyEdit(text.author.addLabel(label), commands, { [id]: place });
  if (added === null) return null;
  void rememberTemplate(template.id);
  show(added);
  announce(text.author.added(namesOf(added)));
  return added;
};

/** Selects new nodes and brings the first into view; the keys go on working on the canvas. */
export const show = (ids: readonly string[]): void => {
  graph.select(ids);
  const [first] = ids;
  if (first !== undefined) reveal(first);
  focusCanvas();
};

export const focusCanvas = (): void => document.querySelector<HTMLElement>("[data-keys='canvas']")?.focus();
