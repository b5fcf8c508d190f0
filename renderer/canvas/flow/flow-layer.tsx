import {
  type Connection,
  type Edge,
  type FinalConnectionState,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useStoreApi,
} from "@xyflow/react";
import { type ReactElement, useCallback, useEffect, useRef, useState } from "react";

import { canvasHooks, canvasPointAt } from "../canvas-hooks.ts";
import { largestZoom, smallestZoom, viewport, type Viewport } from "../viewport.ts";
import { ConnectionLine } from "./connection-line.tsx";
import { FlowCard } from "./flow-card.tsx";
import { flowNodes } from "./flow-node.ts";
import type { FlowView } from "./flow-view.ts";
import "@xyflow/react/dist/base.css";

const nodeTypes = { card: FlowCard };
const noEdges: Edge[] = [];
const noNodes: Node[] = [];
const hideAttribution = { hideAttribution: true };

interface Props {
  /** Called with the way to tell React Flow what to show, and with `null` when it goes. */
  readonly onReady: (flow: FlowView | null) => void;
}

/**
 * React Flow over the canvas layer, for the cards near the viewport alone: it mounts them, gives them ports, draws the
 * wire in hand and asks whether it may be connected. Panning, selecting and dragging belong to the canvas, which does
 * them for drawn and mounted cards alike.
 */
export const FlowLayer = ({ onReady }: Props): ReactElement => (
  <ReactFlowProvider>
    <Flow onReady={onReady} />
  </ReactFlowProvider>
);

const Flow = ({ onReady }: Props): ReactElement => {
  const store = useStoreApi();
  const frame = useRef<HTMLDivElement>(null);
  // Sizes and ports are given: without this it would measure every card once more as it comes.
  useState(() => store.setState({ updateNodeInternals: () => undefined }));
  // Any viewport makes React Flow leave it to us; from then on the painter sets it with each frame that it draws.
  const [first] = useState(currentView);
  // After React Flow's own effects: one of them sets the nodes to none, and would undo a frame that came before it.
  useEffect(() => {
    // The cards are options of the canvas's own list; the layer they lie on is nothing of its own.
    frame.current?.setAttribute("role", "presentation");
    const nodesOf = flowNodes();
    onReady({
      look({ x, y, zoom }) {
        const state = store.getState();
        const [oldX, oldY, oldZoom] = state.transform;
        if (oldX === x && oldY === y && oldZoom === zoom) return;
        state.panZoom?.syncViewport({ x, y, zoom });
        store.setState({ transform: [x, y, zoom] });
      },
      show: (ids) => store.getState().setNodes(nodesOf(ids)),
    });
    return () => onReady(null);
  }, [store, onReady]);
  const isValid = useCallback(
    ({ source, target }: Connection | Edge) => canvasHooks().isValidConnection(source, target) === null,
    [],
  );
  return (
    <ReactFlow
      ref={frame}
      className="flow"
      defaultNodes={noNodes}
      edges={noEdges}
      nodeTypes={nodeTypes}
      viewport={first}
      onViewportChange={followAutoPan}
      minZoom={smallestZoom}
      maxZoom={largestZoom}
      onConnectStart={wiringStarted}
      onConnect={({ source, target }) => canvasHooks().onConnect(source, target)}
      onConnectEnd={wiringEnded}
      isValidConnection={isValid}
      connectionLineComponent={ConnectionLine}
      connectionRadius={24}
      nodesDraggable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      panOnDrag={false}
      panOnScroll={false}
      zoomOnScroll={false}
      zoomOnPinch={false}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      selectionOnDrag={false}
      connectOnClick={false}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode={null}
      zoomActivationKeyCode={null}
      disableKeyboardA11y
      proOptions={hideAttribution}
    />
  );
};

const currentView = (): Viewport => {
  const { x, y, zoom } = viewport.getState();
  return { x, y, zoom };
};

/** A wire that is led to the border pans; the painter then moves everything. */
const followAutoPan = ({ x, y, zoom }: Viewport): void => {
  const now = viewport.getState();
  if (now.x !== x || now.y !== y || now.zoom !== zoom) viewport.setState({ x, y, zoom });
};

const wiringStarted = (): void => {
  document.querySelector<HTMLElement>(".canvas")?.setAttribute("data-wiring", "");
};

const wiringEnded = (event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode }: FinalConnectionState): void => {
  document.querySelector<HTMLElement>(".canvas")?.removeAttribute("data-wiring");
  // Only a wire from an output says what to add after it.
  if (fromNode === null || toNode !== null || fromHandle?.type !== "source") return;
  const { clientX, clientY } =
    "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
  const isOnCanvas = document.elementFromPoint(clientX, clientY)?.closest(".canvas") !== null;
  if (isOnCanvas) canvasHooks().onConnectEnd(canvasPointAt(clientX, clientY), fromNode.id);
};
