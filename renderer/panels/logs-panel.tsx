import type { ReactElement } from "react";

import { runs } from "../store/run-store.ts";
import { useRuns, useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { EmptyState } from "../ui/state-view.tsx";

/** Most lines shown at once; the journal keeps all. */
const most = 2000;

const scrollTo = (end: HTMLElement | null): void => end?.scrollIntoView({ block: "end" });

/** What nodes print and log, of the selected ones where there are any. */
export const LogsPanel = (): ReactElement => {
  const selection = useSelection();
  const last = useRuns("logs", () => runs.lastLog);
  const lines = runs.logs
    .filter(({ node }) => selection.size === 0 || (node !== null && selection.has(node)))
    .slice(-most);
  if (lines.length === 0) return <EmptyState icon="logs" title={text.logs.none} next={text.logs.noneNext} />;
  return (
    <div className="log-lines code" tabIndex={0} role="log" aria-label={text.panels.logs}>
      {lines.map(({ number, time, node, level, text: words }) => (
        <div key={number} className={`log-line log-${level}`}>
          <span className="log-time">{time.slice(11, 19)}</span>
          <span className="log-node">{node ?? ""}</span>
          <span className="log-text">{words}</span>
        </div>
      ))}
      <div key={last} ref={scrollTo} />
    </div>
  );
};
