import { type ReactElement, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";

import { lazyPart } from "../lazy-part.ts";
import { comingFiles } from "../store/coming-files.ts";
import { graph } from "../store/graph-store.ts";
import { showTab } from "../store/layout-store.ts";
import { project } from "../store/project-store.ts";
import { useNodeIds, useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { ErrorBoundary } from "../ui/error-boundary.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { edgeMarks } from "./edge-selection.ts";
import { type CanvasPainter, startPainter } from "./canvas-painter.ts";
import type { FlowView } from "./flow/flow-view.ts";
import { useIsMounted } from "./flow/mounted-cards.ts";
import type { GestureCallbacks } from "./gestures/press.ts";
import { useGestures } from "./gestures/use-gestures.ts";
import { followGroups } from "./items/shown-groups.ts";
import { cardElementId, NodeCard } from "./node-card.tsx";
import { ComingCards } from "./overlay/coming-cards.tsx";
import { EdgePlus } from "./overlay/edge-plus.tsx";
import { FindBar } from "./overlay/find-bar.tsx";
import { GroupTitle } from "./overlay/group-title.tsx";
import { markKeys } from "./mark-keys.ts";
import { HeardEdge, heardEdgeId } from "./overlay/heard-edge.tsx";
import { Minimap } from "./overlay/minimap.tsx";
import { NoteEditor } from "./overlay/note-editor.tsx";
import "./canvas.css";

const FlowLayer = lazyPart(async () => (await import("./flow/flow-layer.tsx")).FlowLayer);

/** The pipeline: edges and far cards on a canvas, near cards as elements over it. */
export const CanvasView = (): ReactElement => {
  const { status, error } = useStore(project);
  if (status === "loading") return <LoadingState label={text.canvas.loading} />;
  if (status === "failed") return <FailedState error={error} />;
  return <OpenCanvas />;
};

const OpenCanvas = (): ReactElement => {
  const frame = useRef<HTMLDivElement>(null);
  const drawing = useRef<HTMLCanvasElement>(null);
  const painter = useRef<CanvasPainter | null>(null);
  const flow = useRef<FlowView | null>(null);
  const [box, setBox] = useState<Parameters<GestureCallbacks["lasso"]>[0]>(null);
  const callbacks = useMemo<GestureCallbacks>(
    () => ({ lasso: setBox, clicked: () => showTab("bottom", "preview") }),
    [],
  );
  const flowReady = useMemo(
    () => (ready: FlowView | null) => {
      flow.current = ready;
      painter.current?.setFlow(ready);
    },
    [],
  );
  useGestures(frame, callbacks);
  useEffect(() => {
    if (frame.current === null || drawing.current === null) return undefined;
    // A window that has just opened is on its pipeline: keys work without a click.
    if (document.activeElement === document.body) frame.current.focus({ preventScroll: true });
    const started = startPainter(frame.current, drawing.current);
    started.setFlow(flow.current);
    painter.current = started;
    return () => {
      painter.current = null;
      started.stop();
    };
  }, []);

  useEffect(() => (frame.current === null ? undefined : markKeys(frame.current)), []);
  useEffect(followGroups, []);
  const active = useActive();
  const edge = useStore(edgeMarks, ({ selected }) => selected);
  const isComing = useStore(comingFiles, ({ files }) => files.length > 0);
  const isEmpty = useNodeIds().length === 0 && !isComing;
  return (
    <div className="canvas-area">
      <div
        className="canvas"
        data-keys="canvas"
        ref={frame}
        tabIndex={0}
        role="listbox"
        aria-multiselectable="true"
        aria-label={text.canvas.label}
        aria-describedby="canvas-help"
        aria-activedescendant={active !== null ? cardElementId(active) : edge === null ? undefined : heardEdgeId}
      >
        <canvas className="canvas-drawing" ref={drawing} aria-hidden="true" />
        <ErrorBoundary>
          <Suspense fallback={null}>
            <FlowLayer onReady={flowReady} />
          </Suspense>
        </ErrorBoundary>
        {active === null ? <FirstCard /> : <HeardCard id={active} />}
        {edge === null ? null : <HeardEdge edge={edge} />}
        {box === null ? null : <LassoBox {...box} />}
        <span id="canvas-help" hidden>
          {text.canvas.help}
        </span>
      </div>
      {isEmpty ? (
        <div className="canvas-empty">
          <EmptyState icon="transform" title={text.canvas.empty} next={text.canvas.emptyNext} />
        </div>
      ) : null}
      <ComingCards />
      <EdgePlus />
      <GroupTitle />
      <NoteEditor />
      <FindBar />
      <Minimap />
    </div>
  );
};

/** The card that the keys are at: the one selected last. */
const useActive = (): string | null => [...useSelection()].at(-1) ?? null;

/** A list has at least one option to be heard, also before anything is selected. */
const FirstCard = (): ReactElement | null => {
  const [first = null] = useNodeIds();
  return first === null ? null : <HeardCard id={first} />;
};

/** A card that only the canvas layer shows is still an element for whoever hears the canvas. */
const HeardCard = ({ id }: { readonly id: string }): ReactElement | null => {
  const isSeen = useIsMounted(id);
  if (isSeen || graph.slotOf(id) < 0) return null;
  return (
    <div className="canvas-heard" role="presentation">
      <NodeCard id={id} />
    </div>
  );
};

const LassoBox = (style: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}): ReactElement => <div className="lasso" style={style} aria-hidden="true" />;
