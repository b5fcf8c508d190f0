import type { ReactElement } from "react";
import { useStore } from "zustand";

import type { NodeRunView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { openRun } from "../inspector/open-run.ts";
import { Sparkline } from "../inspector/sparkline.tsx";
import "../inspector/inspector.css";
import { project } from "../store/project-store.ts";
import { useLive, useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { exactCount, shortSeconds } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { dayAndTime } from "../ui/times.ts";
import { SeveralNodes } from "./several-nodes.tsx";
import { useAsync } from "./use-async.ts";

const shownRuns = 40;

/** What became of the selected node in the last runs. */
export const RunsPanel = (): ReactElement => {
  const selection = useSelection();
  const [id = null] = selection;
  if (selection.size > 1) return <SeveralNodes ids={[...selection]} />;
  if (id === null) return <EmptyState icon="runs" title={text.inspector.none} next={text.inspector.noneNext} />;
  return <NodeRuns id={id} />;
};

const NodeRuns = ({ id }: { readonly id: string }): ReactElement => {
  const revision = useStore(project, (state) => state.revision);
  const live = useLive(id);
  const key = `${id} ${revision} ${live?.finishedAt ?? ""}`;
  const runs = useAsync(key, (signal) => host().call("node.runs", { node: id, limit: shownRuns }, signal));
  if (runs.status === "failed") return <FailedState error={runs.error} />;
  if (runs.value === null) return <LoadingState label={text.runsPanel.loading} />;
  if (runs.value.length === 0) {
    return <EmptyState icon="runs" title={text.runsPanel.none} next={text.runsPanel.noneNext} />;
  }
  return <History id={id} runs={runs.value} />;
};

const hasTable = ({ status }: NodeRunView): boolean =>
  status === "SUCCESS" || status === "WARNING" || status === "CACHED";

const History = ({ id, runs }: { readonly id: string; readonly runs: readonly NodeRunView[] }): ReactElement => {
  const words = text.runsPanel;
  const made = runs.filter(({ status }) => status === "SUCCESS" || status === "WARNING").toReversed();
  const withTable = runs.filter(hasTable).toReversed();
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={words.of(id)}>
      <div className="trends">
        <Sparkline label={words.time} values={made.map(({ seconds }) => seconds)} show={shortSeconds} />
        <Sparkline label={words.rows} values={withTable.map(({ rows }) => rows)} show={exactCount} />
      </div>
      <table className="run-list">
        <thead>
          <tr>
            <th scope="col">{words.when}</th>
            <th scope="col">{words.status}</th>
            <th scope="col" className="number">
              {words.rows}
            </th>
            <th scope="col" className="number">
              {words.time}
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Run key={run.runId} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Run = ({ run }: { readonly run: NodeRunView }): ReactElement => {
  const { runId, time, status, rows, seconds, why, error } = run;
  return (
    <>
      <tr>
        <td>
          <button type="button" className="link" title={runId} onClick={() => void openRun(runId)}>
            {dayAndTime(time)}
          </button>
        </td>
        <td className={`run-status-${status.toLowerCase()}`}>{text.run.statuses[status] ?? status}</td>
        <td className="number">{hasTable(run) ? exactCount(rows) : "–"}</td>
        <td className="number">{status === "CACHED" || status === "SKIPPED" ? "–" : shortSeconds(seconds)}</td>
      </tr>
      <tr className="run-why">
        <td colSpan={4}>{[...why, ...(error === null ? [] : [error])].join("; ")}</td>
      </tr>
    </>
  );
};
