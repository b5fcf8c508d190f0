import { type ReactElement, useState } from "react";

import { runs } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Tick } from "../ui/labelled.tsx";
import { EmptyState } from "../ui/state-view.tsx";
import { Failures } from "./failures.tsx";
import { Waterfall } from "./waterfall.tsx";

/** The run under way, or the last one of this window. */
export const LastRun = (): ReactElement => {
  const run = useRuns("run", () => runs.run);
  const [showCached, setShowCached] = useState(false);
  if (run === null) return <EmptyState icon="run" title={text.run.none} next={text.run.noneNext} />;
  const { steps } = run.plan;
  const working = steps.filter(({ action }) => action !== "cached" && action !== "skip");
  const shown = showCached || working.length === 0 ? steps : working;
  return (
    <div className="panel-column">
      {steps.length === working.length || working.length === 0 ? null : (
        <div className="panel-bar">
          <Tick
            label={text.run.showCached(steps.length - working.length)}
            value={showCached}
            onChange={setShowCached}
          />
        </div>
      )}
      <Failures run={run} />
      <Waterfall run={run} ids={shown.map(({ node }) => node)} />
    </div>
  );
};
