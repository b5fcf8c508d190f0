import { type ReactElement, useSyncExternalStore } from "react";
import { useStore } from "zustand";

import { cancelling, cancelRun, startRun } from "../store/run-actions.ts";
import { runs, staleCount } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Labelled, Tick } from "../ui/labelled.tsx";
import { chosenOptions, runPanel } from "./run-request.ts";

/** Run or cancel, how far the run is, and how the last one ended. */
export const RunBar = (): ReactElement => {
  const run = useRuns("run", () => runs.run);
  const stopping = useStore(cancelling, ({ runId }) => runId !== null && runId === run?.runId);
  const { selectors } = useStore(runPanel);
  const isRunning = run !== null && run.summary === null;
  return (
    <div className="run-bar" title={text.run.runsCannotBeUndone}>
      {isRunning ? (
        <Button icon="stop" disabled={stopping} onClick={() => void cancelRun()}>
          {text.run.cancel}
        </Button>
      ) : (
        <Button
          icon="run"
          look="primary"
          onClick={() => void startRun({ ...chosenOptions(), selectors: [...selectors] })}
        >
          {text.run.run}
        </Button>
      )}
      {isRunning ? <Progress isStopping={stopping} /> : <Ended />}
      <Options />
    </div>
  );
};

const Ended = (): ReactElement => {
  const summary = useRuns("run", () => runs.run?.summary ?? null);
  const stale = useRuns("plan", staleCount);
  return <span role="status">{summary === null ? text.status.stale(stale) : text.run.sentence(summary)}</span>;
};

/** Counted once an event batch: ten thousand nodes are counted, not drawn. */
const counted = (): string => {
  const ids = runs.run?.plan.steps.map(({ node }) => node) ?? [];
  const live = ids.flatMap((id) => runs.live(id) ?? []);
  return `${live.filter(({ phase }) => phase === "finished").length}/${live.length}`;
};

const Progress = ({ isStopping }: { readonly isStopping: boolean }): ReactElement => {
  const counts = useSyncExternalStore((wake) => runs.on("run", wake), counted);
  const [done = 0, all = 0] = counts.split("/").map(Number);
  return (
    <>
      <progress className="run-progress" max={Math.max(1, all)} value={done} aria-label={text.run.running(done, all)} />
      <span role="status">{isStopping ? text.run.cancelling : text.run.running(done, all)}</span>
    </>
  );
};

const Options = (): ReactElement => {
  const { full, materialize, continueOnError, date } = useStore(runPanel);
  const set = runPanel.setState;
  return (
    <details className="run-options">
      <summary className="button button-quiet">{text.run.options}</summary>
      <div className="run-options-box">
        <Tick label={text.run.full} value={full} onChange={(value) => set({ full: value })} />
        <Tick label={text.run.materialize} value={materialize} onChange={(value) => set({ materialize: value })} />
        <Tick
          label={text.run.continueOnError}
          value={continueOnError}
          onChange={(value) => set({ continueOnError: value })}
        />
        <Labelled label={text.run.date}>
          {(ids) => (
            <input
              {...ids}
              type="date"
              className="field"
              value={date}
              onChange={(event) => set({ date: event.target.value })}
            />
          )}
        </Labelled>
      </div>
    </details>
  );
};
