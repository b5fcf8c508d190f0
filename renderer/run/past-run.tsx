import { type ReactElement, type ReactNode } from "react";

import { formatSeconds, runNodes } from "../../shared/run/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { RowList } from "../ui/row-list.tsx";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import { NodeLink } from "./node-link.tsx";

const template = "110px minmax(160px, 1.5fr) 110px 80px 80px minmax(200px, 3fr)";
/** Nodes that came to no table: nothing of theirs is counted. */
const withoutTable: ReadonlySet<string> = new Set(["FAILED", "SKIPPED", "CANCELLED"]);
const titles = [text.run.status, text.run.node, text.run.rows, text.run.time, text.run.memory, text.run.why];

/** What one past run did to each of its nodes. */
export const PastRun = ({ runId, back }: { readonly runId: string; readonly back: ReactNode }): ReactElement => {
  const events = useAsync(runId, async (signal) => (await host().call("run.past", { runId }, signal)).events);
  if (events.status === "failed") return <FailedState error={events.error}>{back}</FailedState>;
  if (events.value === null) return <LoadingState label={text.run.history.reading} />;
  const nodes = runNodes(events.value);
  const end = events.value.at(-1);
  return (
    <div className="panel-column">
      <div className="panel-bar">
        {back}
        <strong className="panel-subject">{runId}</strong>
        <span>{end?.type === "run_finished" ? text.run.sentence(end.summary) : text.run.history.killed}</span>
      </div>
      <RowList
        label={text.run.runNodes}
        titles={titles}
        template={template}
        count={nodes.length}
        keyOf={(at) => nodes[at]?.node ?? String(at)}
        renderRow={(at) => {
          const node = nodes[at];
          if (node === undefined) return [];
          const { result, status, reasons } = node;
          const why = result?.error_message ?? reasons.join("; ");
          const memory = result?.metadata.metrics.memory_mb ?? null;
          return [
            <span key="status" className={`status-word status-${status.toLowerCase()}`}>
              {text.run.statuses[status] ?? status}
            </span>,
            <NodeLink key="node" id={node.node} />,
            <span key="rows" className="numeric">
              {result === null || withoutTable.has(status) ? "" : exactCount(result.row_count)}
            </span>,
            <span key="time" className="numeric">
              {result === null || status === "SKIPPED" ? "" : formatSeconds(result.duration_seconds)}
            </span>,
            <span key="memory" className="numeric">
              {memory === null ? "" : `${Math.round(memory)} MB`}
            </span>,
            <span key="why" title={why}>
              {why}
            </span>,
          ];
        }}
      />
    </div>
  );
};
