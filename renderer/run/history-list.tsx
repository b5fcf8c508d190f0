import { type ReactElement, useState } from "react";

import type { RunRecordView } from "../../shared/api/index.ts";
import { formatSeconds } from "../../shared/run/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { runs } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { RowList } from "../ui/row-list.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { dayAndTime } from "../ui/times.ts";
import { parametersOf } from "./parameters.ts";
import { PastRun } from "./past-run.tsx";
import { RunComparison } from "./run-comparison.tsx";

const template = "34px 160px 116px minmax(190px, 1.5fr) 90px 90px minmax(140px, 2fr)";
const words = text.run.history;

type Shown =
  | { readonly what: "list" }
  | { readonly what: "run"; readonly runId: string }
  | { readonly what: "two"; readonly from: string; readonly to: string };

/** Past runs with what they were asked for; one in full, or two side by side. */
export const HistoryList = (): ReactElement => {
  const [shown, setShown] = useState<Shown>({ what: "list" });
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const ended = useRuns("run", () => runs.run?.summary?.runId ?? null);
  const history = useAsync(`history ${ended}`, (signal) => host().call("run.history", { limit: 200 }, signal));
  const back = (
    // The list that had the keys is gone.
    <Button look="quiet" autoFocus onClick={() => setShown({ what: "list" })}>
      {words.back}
    </Button>
  );
  if (shown.what === "run") return <PastRun runId={shown.runId} back={back} />;
  if (shown.what === "two") return <RunComparison {...shown} back={back} />;
  if (history.status === "failed") return <FailedState error={history.error} />;
  if (history.value === null) return <LoadingState label={words.loading} />;
  const records = history.value;
  if (records.length === 0) return <EmptyState icon="runs" title={words.none} next={words.noneNext} />;
  const tick = (runId: string, isTicked: boolean): void =>
    setTicked((before) => (isTicked ? [...before, runId].slice(-2) : before.filter((id) => id !== runId)));
  const compare = (): void => {
    // The earlier of the two is what the later one is compared with.
    const [to, from] = records.map(({ summary }) => summary.runId).filter((id) => ticked.includes(id));
    if (from !== undefined && to !== undefined) setShown({ what: "two", from, to });
  };
  return (
    <div className="panel-column">
      <div className="panel-bar">
        <Button disabled={ticked.length !== 2} onClick={compare}>
          {words.compare}
        </Button>
        <span className="panel-hint">{words.hint}</span>
      </div>
      <RowList
        label={words.list}
        titles={[
          <Unseen key="tick" words={words.ticked} />,
          words.started,
          text.run.status,
          words.nodes,
          text.run.time,
          words.commit,
          words.parameters,
        ]}
        template={template}
        count={records.length}
        keyOf={(at) => records[at]?.summary.runId ?? String(at)}
        renderRow={(at) => {
          const record = records[at];
          if (record === undefined) return [];
          const { runId } = record.summary;
          return [
            <input
              key="tick"
              type="checkbox"
              aria-label={words.pick(runId)}
              checked={ticked.includes(runId)}
              onChange={(event) => tick(runId, event.target.checked)}
            />,
            <button key="run" type="button" className="link" onClick={() => setShown({ what: "run", runId })}>
              {dayAndTime(record.startedAt)}
            </button>,
            ...figuresOf(record),
          ];
        }}
      />
    </div>
  );
};

/** A head that is told to who hears the table, where a picture of the column is enough for the others. */
const Unseen = ({ words: head }: { readonly words: string }): ReactElement => (
  <span className="hidden-visually">{head}</span>
);

const figuresOf = ({ summary, gitCommit, options, complete }: RunRecordView): readonly ReactElement[] => [
  <span key="status" className={`status-word status-${summary.status.toLowerCase()}`}>
    {complete ? (text.run.statuses[summary.status] ?? summary.status) : words.killed}
  </span>,
  <span key="counts">{words.counts(summary.ran, summary.cached, summary.failed)}</span>,
  <span key="time" className="numeric">
    {formatSeconds(summary.durationSeconds)}
  </span>,
  <span key="commit" className="code">
    {gitCommit?.slice(0, 8) ?? ""}
  </span>,
  <span key="options" title={parametersOf(options)}>
    {parametersOf(options)}
  </span>,
];
