import { graph } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { focusCanvas } from "./add-node.ts";
import { applyEdit } from "./apply-edit.ts";
import { canConnect, type ConnectionFacts } from "./can-connect.ts";
import { choose } from "./chooser-store.ts";
import { nameOf } from "./names.ts";
import { nodeChoice, onScreen, rankNodes } from "./quick-add.ts";

const words = text.author;

const facts: ConnectionFacts = {
  kindOf(id) {
    const node = graph.get(id);
    return node?.type === "node" && !node.view.isBroken ? node.view.kind : null;
  },
  inputsOf(id) {
    const node = graph.get(id);
    return node?.type === "node" ? node.view.inputs : [];
  },
};

/** Why `to` cannot read `from`, in words; `null` when it can. */
export const whyNotConnect = (from: string, to: string): string | null => {
  const refusal = canConnect(from, to, facts);
  if (refusal === null) return null;
  if (refusal.type === "kind") return words.kind(refusal.why);
  if (refusal.type === "known") return words.known(nameOf(from), nameOf(to));
  if (refusal.type === "cycle") return words.cycle([...refusal.path, refusal.path[0] ?? ""].map(nameOf).join(" → "));
  return words[refusal.type];
};

/** Lets `to` read `from`, or says why it cannot. */
export const connectNodes = async (from: string, to: string): Promise<void> => {
  const why = whyNotConnect(from, to);
  if (why !== null) return announce(why);
  const done = await applyEdit(words.connectLabel(nameOf(from), nameOf(to)), [{ type: "connect", from, to }]);
  if (done !== null) announce(words.connected(nameOf(from), nameOf(to)));
  return undefined;
};

export const disconnectNodes = async (from: string, to: string): Promise<void> => {
  const done = await applyEdit(words.disconnectLabel(nameOf(from), nameOf(to)), [{ type: "disconnect", from, to }]);
  if (done !== null) announce(words.disconnected(nameOf(from), nameOf(to)));
};

/** By keyboard: which port of the node, then which node at the other end. */
export const connectByChoosing = async (id: string): Promise<void> => {
  const kind = facts.kindOf(id);
  if (kind === null) return announce(words.broken);
  const ports = [
    ...(kind === "exposure" ? [] : [{ id: "out", title: words.connectOut(nameOf(id)) }]),
    ...(kind === "source" ? [] : [{ id: "in", title: words.connectIn(nameOf(id)) }]),
  ];
  const at = onScreen(graph.positionOf(id) ?? { x: 0, y: 0 });
  const [only] = ports;
  const port =
    ports.length === 1
      ? (only?.id ?? null)
      : await choose({
          label: words.connectPort,
          placeholder: words.connectPort,
          nothing: words.connectNothing,
          at,
          choices: (query) =>
            ports
              .filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()))
              .map(({ id: name, title }) => ({ id: name, title, detail: "", icon: "chevron", refusal: null })),
        });
  if (port === null) return focusCanvas();
  const ends = (other: string): readonly [string, string] => (port === "out" ? [id, other] : [other, id]);
  const others = graph.ids().filter((other) => other !== id);
  const other = await choose({
    label: port === "out" ? words.connectOut(nameOf(id)) : words.connectIn(nameOf(id)),
    placeholder: words.connectPlaceholder,
    nothing: words.connectNothing,
    at,
    choices: (query) =>
      rankNodes(others, query, id)
        .map((candidate) => nodeChoice(candidate, whyNotConnect(...ends(candidate))))
        // What can be connected comes first, in the order found.
        .toSorted((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null)),
  });
  focusCanvas();
  if (other !== null) await connectNodes(...ends(other));
  return undefined;
};
