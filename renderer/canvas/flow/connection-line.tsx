import { type ConnectionLineComponentProps, getBezierPath } from "@xyflow/react";
import { type ReactElement, useEffect } from "react";

import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { canvasHooks } from "../canvas-hooks.ts";

/** The wire in hand, and beside it the reason when the card under it cannot take it. */
export const ConnectionLine = (props: ConnectionLineComponentProps): ReactElement => {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, fromHandle, fromNode, toNode } = props;
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  });
  const isBackwards = fromHandle.type === "target";
  const [from, to] = isBackwards ? [toNode?.id, fromNode.id] : [fromNode.id, toNode?.id];
  const reason = from === undefined || to === undefined ? null : refusal(from, to);
  return (
    <g className={`wire${reason === null ? "" : " wire-refused"}`}>
      <path d={path} />
      {reason === null ? null : <Reason x={toX} y={toY} words={reason} />}
    </g>
  );
};

/** Why the wire is not taken; `null` when it is, and above its own card, where it only has not left yet. */
const refusal = (from: string, to: string): string | null => {
  if (from === to) return null;
  const reason = canvasHooks().isValidConnection(from, to);
  return reason === "" ? text.canvas.cannotConnect : reason;
};

const Reason = ({ x, y, words }: { readonly x: number; readonly y: number; readonly words: string }): ReactElement => {
  useEffect(() => announce(words), [words]);
  return (
    <foreignObject x={x + 14} y={y + 10} width={320} height={120} className="wire-reason">
      <div>{words}</div>
    </foreignObject>
  );
};
