import type { ReactElement } from "react";

import type { NodeDetails, NodeView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { openCode } from "../inspector/open-code.ts";
import { brokenProblem } from "../store/graph-node.ts";
import { useNode, useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { SeveralNodes } from "./several-nodes.tsx";
import { useAsync } from "./use-async.ts";

interface NodePanelProps {
  /** Draws the one selected node. */
  readonly children: (node: NodeView, details: NodeDetails) => ReactElement;
}

/** A panel about the selected node: says what to do without one, loads its details otherwise. */
export const NodePanel = ({ children }: NodePanelProps): ReactElement => {
  const selection = useSelection();
  const [id = null] = selection;
  if (id === null) return <EmptyState icon="settings" title={text.inspector.none} next={text.inspector.noneNext} />;
  if (selection.size > 1) return <SeveralNodes ids={[...selection]} />;
  return <OneNode id={id}>{children}</OneNode>;
};

const OneNode = ({ id, children }: NodePanelProps & { readonly id: string }): ReactElement => {
  const node = useNode(id);
  const view = node?.type === "node" ? node.view : null;
  const problem = brokenProblem(node);
  const key = view === null || problem !== null ? null : `${id} ${JSON.stringify(view)}`;
  const details = useAsync(key, (signal) => host().call("node.get", { node: id }, signal));
  if (problem !== null) {
    return (
      <EmptyState icon="broken" title={problem.message} next={problem.next}>
        <Button look="primary" icon="code" onClick={() => openCode(id, problem.location)}>
          {text.editor.editText}
        </Button>
      </EmptyState>
    );
  }
  if (details.status === "failed") return <FailedState error={details.error} />;
  if (view === null || details.value === null || details.value.id !== id) {
    return <LoadingState label={text.canvas.loading} />;
  }
  return children(view, details.value);
};
