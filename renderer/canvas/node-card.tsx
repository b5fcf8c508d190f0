import { memo, type ReactElement, useEffect, useState, useSyncExternalStore } from "react";
import { useStore } from "zustand";

import type { GraphNode } from "../store/graph-store.ts";
import { highlight } from "../store/highlight-store.ts";
import { runs } from "../store/run-store.ts";
import { useIsSelected, useLive, useNode, useNodeState } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon, isIconName } from "../ui/icon.tsx";
import { type CardChip, cardContent } from "./card-content.ts";
import { CardProgress } from "./card-progress.tsx";
import { find } from "./find/find-store.ts";

/** The id of a card's element, for `aria-activedescendant`. */
export const cardElementId = (id: string): string => `card-${id.replaceAll(/[^\w-]/g, "_")}`;

/** One node: three lines of a fixed size. Its place is set by the canvas. */
export const NodeCard = memo(({ id }: { readonly id: string }): ReactElement | null => {
  const node = useNode(id);
  return node === null ? null : <Card node={node} />;
});

const Card = ({ node }: { readonly node: GraphNode }): ReactElement => {
  const { id } = node;
  const isSelected = useIsSelected(id);
  const live = useLive(id);
  const standing = useNodeState(id);
  const step = useSyncExternalStore(
    (wake) => runs.onNode(id, wake),
    () => runs.step(id),
  );
  const isRunning = live?.phase === "running";
  const now = useClock(isRunning);
  const isUnfound = useStore(find, ({ found }) => found !== null && !found.has(id));
  const isOffPath = useStore(highlight, ({ shown }) => shown !== null && !shown.nodes.has(id));
  const isDimmed = isUnfound || isOffPath;
  const content = cardContent(node, standing, step, live, now);
  const { kind, name, state, line, facts, chips, isLineBad } = content;
  const words = text.state[state];
  return (
    <div
      id={cardElementId(id)}
      role="option"
      aria-selected={isSelected}
      className={`card card-${state}`}
      data-dimmed={isDimmed}
      data-kind={kind}
      data-node={id}
      data-state={state}
      title={standing.why === "" ? undefined : `${words}: ${standing.why}`}
    >
      <div className="card-head">
        <Icon name={isIconName(kind) ? kind : "file"} />
        <span className="card-name">{name}</span>
        <span className="hidden-visually">{text.canvas.card(text.kinds[kind] ?? kind, words, standing.why)}</span>
        <span className={`state-glyph glyph-${state}`}>
          <Icon name={state} size={14} />
        </span>
      </div>
      <div className="card-line code" data-bad={isLineBad}>
        {line}
      </div>
      <div className="card-facts">
        <span>{facts}</span>
        {chips.map((chip) => (
          <Chip key={chip.kind} {...chip} />
        ))}
      </div>
      {isRunning ? <CardProgress fraction={live.fraction} /> : null}
    </div>
  );
};

const chipIcons = { stale: null, target: "target", tag: "tag", pinned: "pin", disabled: "disabled" } as const;

const Chip = ({ kind, label, title }: CardChip): ReactElement => {
  const icon = chipIcons[kind];
  return (
    <span className={`card-chip chip-${kind}`} title={title}>
      {icon === null ? null : <Icon name={icon} size={12} />}
      {label}
      {label === "" ? <span className="hidden-visually">{title}</span> : null}
    </span>
  );
};

/** Milliseconds, anew each second while the clock runs. */
const useClock = (isRunning: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
};
