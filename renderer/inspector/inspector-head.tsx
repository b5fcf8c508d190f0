import type { ReactElement } from "react";

import { nodeName } from "../store/graph-node.ts";
import { useNode, useSelectedId } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon, isIconName } from "../ui/icon.tsx";

/** Which node all tabs of the inspector are about. */
export const InspectorHead = (): ReactElement | null => {
  const id = useSelectedId();
  return id === null ? null : <Subject id={id} />;
};

const Subject = ({ id }: { readonly id: string }): ReactElement | null => {
  const node = useNode(id);
  if (node === null) return null;
  const kind = node.type === "node" ? node.view.kind : "broken";
  return (
    <p className="inspector-head" data-kind={kind} title={id}>
      <Icon name={isIconName(kind) ? kind : "file"} size={15} />
      <strong>{nodeName(node)}</strong>
      <span className="panel-hint">{text.kinds[kind] ?? kind}</span>
    </p>
  );
};
