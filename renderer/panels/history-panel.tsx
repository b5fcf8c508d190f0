import type { ReactElement } from "react";
import { useStore } from "zustand";

import { host } from "../api.ts";
import { jumpTo } from "../commands/history-steps.ts";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { recentTime } from "../ui/times.ts";
import { useAsync } from "./use-async.ts";

const words = text.history;

/** Every edit of the project's files, the last one first: choose one to go back or forth to right after it. */
export const HistoryPanel = (): ReactElement => {
  const revision = useStore(project, (state) => state.revision);
  const history = useAsync(`history ${revision}`, (signal) => host().call("edit.history", {}, signal));
  if (history.status === "failed") return <FailedState error={history.error} />;
  if (history.value === null) return <LoadingState label={text.panels.history} />;
  const edits = history.value.history;
  if (edits.length === 0) return <EmptyState icon="runs" title={words.none} next={words.noneNext} />;
  const current = edits.findLast(({ undone }) => !undone)?.id ?? 0;
  return (
    <div className="panel-scroll">
      <ol className="history-list" aria-label={text.panels.history}>
        {edits.toReversed().map(({ id, label, time, undone }) => (
          <li key={id}>
            <HistoryRow id={id} label={label} time={recentTime(time)} isUndone={undone} isCurrent={id === current} />
          </li>
        ))}
        <li>
          <HistoryRow id={0} label={words.beginning} time="" isUndone={false} isCurrent={current === 0} />
        </li>
      </ol>
      <p className="panel-hint padded">{words.runsToo}</p>
    </div>
  );
};

interface RowProps {
  readonly id: number;
  readonly label: string;
  readonly time: string;
  readonly isUndone: boolean;
  readonly isCurrent: boolean;
}

const HistoryRow = ({ id, label, time, isUndone, isCurrent }: RowProps): ReactElement => (
  <button
    type="button"
    className={isUndone ? "history-row history-undone" : "history-row"}
    aria-current={isCurrent ? "step" : undefined}
    onClick={() => void jumpTo(id, label)}
  >
    <span className="history-label">{label}</span>
    <span className="history-time">{isCurrent ? words.current : isUndone ? `${words.undone} · ${time}` : time}</span>
  </button>
);
