import type { ReactElement } from "react";

import type { NodeResult } from "../../shared/run/index.ts";
import { runs } from "../store/run-store.ts";
import { useLive, useRuns } from "../store/use-graph.ts";
import { materializeText } from "../text/materialize-text.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Marked } from "../ui/marked.tsx";

/** Of a node with one target what went wrong there, without the words that tell several apart. */
const targetsOwn = (result: NodeResult | null): NodeResult["error"] => {
  const targets = result?.metadata.targets ?? [];
  return result?.error?.code === "targets_failed" && targets.length === 1 ? (targets[0]?.error ?? null) : null;
};

interface RunStateProps {
  readonly node: string;
  /** The run that this panel started. */
  readonly runId: string | null;
  readonly onAgain: () => void;
}

/** How the run that writes the target goes, and how it ended. */
export const RunState = ({ node, runId, onAgain }: RunStateProps): ReactElement | null => {
  const run = useRuns("run", () => runs.run);
  const live = useLive(node);
  if (runId === null || run?.runId !== runId) return null;
  const { summary } = run;
  if (summary === null) {
    return (
      <p className="materialize-state" role="status">
        <Icon name="running" size={14} /> {materializeText.running(live?.doing ?? "")}
      </p>
    );
  }
  const error = targetsOwn(live?.result ?? null) ?? live?.result?.error ?? summary.error;
  const isIdle = summary.status === "SUCCESS" && summary.ran === 0;
  return (
    <div
      className={`materialize-state ${error === null ? "" : "is-failed"}`}
      role={error === null ? "status" : "alert"}
    >
      <Icon name={error === null ? "ok" : "failed"} size={14} />
      <span>
        {error === null ? (isIdle ? materializeText.upToDate : text.run.sentence(summary)) : error.message}
        {error === null ? null : (
          <span className="panel-hint">
            {" "}
            <Marked words={error.next} />
          </span>
        )}
      </span>
      {isIdle ? <Button onClick={onAgain}>{materializeText.again}</Button> : null}
    </div>
  );
};
