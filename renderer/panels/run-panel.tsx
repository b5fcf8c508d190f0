import { type ReactElement, useSyncExternalStore } from "react";

import type { RunSummary } from "../../shared/run/index.ts";
import { reveal } from "../canvas/viewport.ts";
import { graph } from "../store/graph-store.ts";
import { cancelRun, runStale } from "../store/run-actions.ts";
import { runs, staleCount } from "../store/run-store.ts";
import { useLive, useNodeState, useRuns } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { exactCount, shortSeconds } from "../ui/numbers.ts";
import { EmptyState } from "../ui/state-view.tsx";

/** The plan before a run, its nodes while it runs, one sentence after it. */
export const RunPanel = (): ReactElement => {
  const run = useRuns("run", () => runs.run);
  const plan = useRuns("plan", () => runs.plan);
  const isRunning = run !== null && run.summary === null;
  const shown = isRunning || run !== null ? run.plan : plan;
  const steps = shown?.steps.filter(({ action }) => action !== "cached" && action !== "skip") ?? [];
  return (
    <div className="panel-column">
      <div className="panel-bar">
        {isRunning ? (
          <Button icon="stop" onClick={() => void cancelRun()}>
            {text.run.cancel}
          </Button>
        ) : (
          <Button icon="run" look="primary" onClick={() => void runStale()}>
            {text.run.run}
          </Button>
        )}
        <span role="status">
          {isRunning ? <Progress /> : (sentence(run?.summary ?? null) ?? text.status.stale(staleCount()))}
        </span>
        <span className="panel-space" />
        <span className="panel-hint">{text.run.runsCannotBeUndone}</span>
      </div>
      {steps.length === 0 ? (
        <EmptyState icon="run" title={text.run.none} next={text.run.noneNext} />
      ) : (
        <div className="page-table" tabIndex={0} role="region" aria-label={text.panels.run}>
          <table className="run-table">
            <thead>
              <tr>
                {[text.run.status, text.run.node, text.run.why, text.run.rows, text.run.time].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {steps.map(({ node, reasons }) => (
                <RunRow key={node} id={node} why={reasons.map(({ text: reason }) => reason).join("; ")} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
};

/** One sentence for a finished run, the terminal's words; `null` for none. */
const sentence = (summary: RunSummary | null): string | null => (summary === null ? null : text.run.sentence(summary));

const Progress = (): ReactElement => {
  const counts = useSyncExternalStore(
    (wake) => runs.on("run", wake),
    () => {
      const ids = runs.run?.plan.steps.map(({ node }) => node) ?? [];
      const live = ids.flatMap((id) => runs.live(id) ?? []);
      return `${live.filter(({ phase }) => phase === "finished").length}/${live.length}`;
    },
  );
  const [done = 0, all = 0] = counts.split("/").map(Number);
  return <>{text.run.running(done, all)}</>;
};

const RunRow = ({ id, why }: { readonly id: string; readonly why: string }): ReactElement => {
  const live = useLive(id);
  const { state, why: detail } = useNodeState(id);
  const { result } = live ?? { result: null };
  const go = (): void => {
    graph.select([id]);
    reveal(id);
  };
  return (
    <tr>
      <td>
        <span className={`state-glyph glyph-${state}`}>
          <Icon name={state} size={14} />
        </span>
        <span className="state-word">{text.state[state]}</span>
      </td>
      <th scope="row">
        <button type="button" className="link" onClick={go}>
          {id}
        </button>
      </th>
      <td className="wrapping">
        {result?.error_message ?? (live?.phase === "running" && detail !== "" ? detail : why)}
      </td>
      <td className="numeric">{result === null ? "" : exactCount(result.row_count)}</td>
      <td className="numeric">{result === null ? "" : shortSeconds(result.duration_seconds)}</td>
    </tr>
  );
};
