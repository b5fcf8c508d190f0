import { type ReactElement, useState } from "react";
import { useStore } from "zustand";

import type { PlanStep } from "../../shared/run/index.ts";
import { formatSeconds } from "../../shared/run/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { RowList } from "../ui/row-list.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { Tick } from "../ui/labelled.tsx";
import { NodeLink } from "./node-link.tsx";
import { runPanel } from "./run-request.ts";
import { usePlan } from "./use-plan.ts";

const template = "90px minmax(210px, 1.6fr) minmax(180px, 2.4fr) 90px minmax(220px, 2fr)";
const titles = [text.run.status, text.run.node, text.run.why, text.run.expected, text.run.effect];

const works = ({ action }: PlanStep): boolean => action !== "cached" && action !== "skip";

/** What a run would do to each node, why, how long it took last time and where it writes. */
export const PlanTable = (): ReactElement => {
  const plan = usePlan();
  const { selectors } = useStore(runPanel);
  const [showCached, setShowCached] = useState(false);
  if (plan.status === "failed") return <FailedState error={plan.error} />;
  if (plan.value === null) {
    return plan.status === "loading" ? (
      <LoadingState label={text.run.planLoading} />
    ) : (
      <EmptyState icon="run" title={text.run.planNone} next={text.run.planNoneNext} />
    );
  }
  const { steps } = plan.value;
  const working = steps.filter(works);
  const shown = showCached ? steps : working;
  const seconds = working.reduce((sum, { expectedSeconds }) => sum + (expectedSeconds ?? 0), 0);
  return (
    <div className="panel-column">
      <div className="panel-bar">
        <span role="status">{text.run.planOf(working.length, seconds < 0.1 ? "" : formatSeconds(seconds))}</span>
        {selectors.length === 0 ? null : (
          <button type="button" className="link" onClick={() => runPanel.setState({ selectors: [] })}>
            {text.run.selected(selectors.length)} · {text.run.everything}
          </button>
        )}
        <span className="panel-space" />
        {steps.length === working.length ? null : (
          <Tick
            label={text.run.showCached(steps.length - working.length)}
            value={showCached}
            onChange={setShowCached}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <EmptyState icon="ok" title={text.run.planEmpty} next={text.run.planEmptyNext} />
      ) : (
        <RowList
          label={text.run.planNodes}
          titles={titles}
          template={template}
          count={shown.length}
          keyOf={(at) => shown[at]?.node ?? String(at)}
          renderRow={(at) => cellsOf(shown[at])}
        />
      )}
    </div>
  );
};

const cellsOf = (step: PlanStep | undefined): readonly ReactElement[] => {
  if (step === undefined) return [];
  const why = step.reasons.map(({ text: reason }) => reason).join("; ");
  return [
    <span key="action">{text.run.actions[step.action]}</span>,
    <NodeLink key="node" id={step.node} />,
    <span key="why" title={why}>
      {why}
    </span>,
    <span key="time" className="numeric">
      {step.expectedSeconds === null || !works(step) ? "" : formatSeconds(step.expectedSeconds)}
    </span>,
    <Effects key="effect" step={step} />,
  ];
};

/** Where a node writes; what would change there is counted on demand, because it asks the server. */
const Effects = ({ step }: { readonly step: PlanStep }): ReactElement => {
  const [isAsked, setIsAsked] = useState(false);
  const found = useAsync(isAsked ? step.node : null, (signal) =>
    host().call("materialize.preview", { node: step.node }, signal),
  );
  const names = step.targets.map((target) => target.split(":").slice(1).join(": ")).join(", ");
  if (names === "") return <span />;
  if (!isAsked) {
    return (
      <button
        type="button"
        className="link"
        title={text.run.tryEffect(names)}
        onClick={() => setIsAsked(true)}
      >{`→ ${names}`}</button>
    );
  }
  if (found.status === "failed")
    return (
      <span className="fact-bad" title={found.error.next}>
        {found.error.message}
      </span>
    );
  if (found.value === null) return <span>…</span>;
  const counts = found.value.previews.map(
    ({ inserts, updates, deletes, unchanged }) =>
      `+${part(inserts)} −${part(deletes)} ~${part(updates)} =${part(unchanged)}`,
  );
  return <span title={found.value.stale ?? undefined}>{`→ ${names} ${counts.join("; ")}`}</span>;
};

const part = (count: number | null): string => (count === null ? "?" : exactCount(count));
