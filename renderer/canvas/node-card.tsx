import { memo, type ReactElement } from "react";

import { graph, nodeName } from "../store/graph-store.ts";
import { useIsSelected, useLive, useNode, useNodeState } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon, isIconName } from "../ui/icon.tsx";
import { shortCount, shortSeconds } from "../ui/numbers.ts";

/** The id of a card's element, for `aria-activedescendant`. */
export const cardElementId = (id: string): string => `card-${id.replaceAll(/[^\w-]/g, "_")}`;

const factsOf = (id: string): string => {
  const node = graph.get(id);
  if (node?.type !== "node") return "";
  const { columnCount, lastRun } = node.view;
  if (lastRun === null) return text.card.notRun;
  return [
    columnCount === null ? null : text.card.columns(columnCount),
    lastRun.hasOutput ? text.card.rows(shortCount(lastRun.rows)) : null,
    shortSeconds(lastRun.seconds),
  ]
    .filter((part) => part !== null)
    .join(" · ");
};

/** One node: three lines of a fixed size. Its place is set by the canvas. */
export const NodeCard = memo(({ id }: { readonly id: string }): ReactElement | null => {
  const node = useNode(id);
  const isSelected = useIsSelected(id);
  const live = useLive(id);
  const { state, why } = useNodeState(id);
  if (node === null) return null;
  const kind = node.type === "node" ? node.view.kind : "broken";
  const name = nodeName(node);
  const summary = node.type === "node" ? node.view.summary : node.view.problem.message;
  const words = text.state[state];
  return (
    <div
      id={cardElementId(id)}
      role="option"
      aria-selected={isSelected}
      className={`card card-${state}`}
      data-kind={kind}
      data-node={id}
      data-state={state}
      title={why === "" ? undefined : `${words}: ${why}`}
    >
      <div className="card-head">
        <Icon name={isIconName(kind) ? kind : "file"} />
        <span className="card-name">{name}</span>
        <span className="hidden-visually">{text.canvas.card(text.kinds[kind] ?? kind, words, why)}</span>
        <span className={`state-glyph glyph-${state}`}>
          <Icon name={state} size={14} />
        </span>
      </div>
      <div className="card-line code">{summary}</div>
      <div className="card-facts">
        <span>{live?.phase === "running" ? (live.doing ?? words) : factsOf(id)}</span>
        {node.type === "node" && node.view.targets.length > 0 ? (
          <span className="card-chip" title={node.view.targets.join("\n")}>
            <Icon name="target" size={12} />
            {node.view.targets.length}
          </span>
        ) : null}
      </div>
      {live?.phase === "running" ? <CardProgress fraction={live.fraction} /> : null}
    </div>
  );
});

const CardProgress = ({ fraction }: { readonly fraction: number | null }): ReactElement => (
  <svg className="card-progress" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
    {fraction === null ? (
      <rect className="progress-unknown" x="0" y="0" width="30" height="3" />
    ) : (
      <rect x="0" y="0" width={Math.max(1, fraction * 100)} height="3" />
    )}
  </svg>
);
