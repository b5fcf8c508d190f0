import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactElement, useLayoutEffect } from "react";

import { useNode } from "../../store/use-graph.ts";
import { NodeCard } from "../node-card.tsx";
import { portsOf } from "../ports.ts";
import { cardMounted } from "./mounted-cards.ts";

/** A card with its ports, as React Flow mounts it. */
export const FlowCard = memo(({ id }: NodeProps): ReactElement | null => {
  const node = useNode(id);
  useLayoutEffect(() => cardMounted(id), [id]);
  if (node === null) return null;
  const { input, output } = portsOf(node);
  return (
    <>
      <NodeCard id={id} />
      {input === null ? null : <Handle type="target" position={Position.Left} className={`port port-${input}`} />}
      {output === null ? null : <Handle type="source" position={Position.Right} className={`port port-${output}`} />}
    </>
  );
});
