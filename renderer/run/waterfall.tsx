import { type ReactElement, useEffect, useMemo, useState } from "react";

import { formatSeconds, type NodeResult } from "../../shared/run/index.ts";
import { stateOfStatus } from "../store/node-state.ts";
import type { LiveNode, LiveRun } from "../store/run-store.ts";
import { useLive, useNodeState } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";
import { exactCount } from "../ui/numbers.ts";
import { RowList } from "../ui/row-list.tsx";
import { NodeLink } from "./node-link.tsx";
import { barParts } from "./timeline.ts";

const template = "104px minmax(200px, 1.6fr) minmax(140px, 3fr) minmax(130px, 2fr) 90px 76px 80px";
const titles = [
  text.run.status,
  text.run.node,
  text.run.timeline,
  text.run.why,
  text.run.rows,
  text.run.time,
  text.run.memory,
];
const tickMilliseconds = 250;

/** The run's nodes as bars along its time: waiting, building an environment, running. */
export const Waterfall = ({ run, ids }: { readonly run: LiveRun; readonly ids: readonly string[] }): ReactElement => {
  const end = useEnd(run);
  const start = Date.parse(run.startedAt);
  const reasons = useMemo(
    () => new Map(run.plan.steps.map(({ node, reasons: why }) => [node, why.map((reason) => reason.text).join("; ")])),
    [run.plan],
  );
  return (
    <RowList
      label={text.run.runNodes}
      titles={titles}
      template={template}
      count={ids.length}
      keyOf={(at) => ids[at] ?? String(at)}
      renderRow={(at) => {
        const id = ids[at] ?? "";
        return [
          <State key="state" id={id} />,
          <NodeLink key="node" id={id} />,
          <Bar key="bar" id={id} start={start} end={end} />,
          <Why key="why" id={id} reasons={reasons.get(id) ?? ""} />,
          <Figure key="rows" id={id} of="rows" />,
          <Figure key="time" id={id} of="time" />,
          <Figure key="memory" id={id} of="memory" />,
        ];
      }}
    />
  );
};

/** The end of the time that is shown: now while the run goes on, its last event afterwards. */
const useEnd = (run: LiveRun): number => {
  const [now, setNow] = useState(Date.now);
  const isOver = run.summary !== null;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNow(Date.now()), tickMilliseconds);
    return () => clearInterval(timer);
  }, [isOver]);
  const start = Date.parse(run.startedAt);
  return run.summary === null ? now : start + Math.max(1, run.summary.durationSeconds * 1000);
};

/** How the run left it: the card may say already that it is stale again. */
const State = ({ id }: { readonly id: string }): ReactElement => {
  const result = useLive(id)?.result ?? null;
  const now = useNodeState(id).state;
  const state = result === null ? now : stateOfStatus[result.status];
  return (
    <>
      <span className={`state-glyph glyph-${state}`}>
        <Icon name={state} size={14} />
      </span>
      <span className="state-word">{text.state[state]}</span>
    </>
  );
};

interface BarProps {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

const Bar = ({ id, start, end }: BarProps): ReactElement | null => {
  const live = useLive(id);
  if (live === null) return null;
  const parts = barParts(live, start, end);
  if (parts.length === 0) return null;
  const words = parts.map(({ phase, seconds }) => text.run.bar(text.run.phases[phase], formatSeconds(seconds)));
  const status = live.result?.status ?? "RUNNING";
  return (
    <span className="waterfall-bar" role="img" aria-label={words.join(", ")} title={words.join(", ")}>
      {parts.map(({ phase, from, to }) => (
        <span
          key={phase}
          className={`waterfall-part part-${phase} part-${status.toLowerCase()}`}
          style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
        >
          {phase === "running" && live.fraction !== null ? (
            <span className="waterfall-done" style={{ width: `${live.fraction * 100}%` }} />
          ) : null}
        </span>
      ))}
    </span>
  );
};

const Why = ({ id, reasons }: { readonly id: string; readonly reasons: string }): ReactElement => {
  const live = useLive(id);
  const percent = live?.fraction == null ? "" : `${Math.round(live.fraction * 100)} % `;
  const doing = live?.phase === "running" && live.doing !== null ? `${percent}${live.doing}` : null;
  const words = live?.result?.error_message ?? doing ?? reasons;
  return <span title={words}>{words}</span>;
};

const Figure = ({ id, of }: { readonly id: string; readonly of: "rows" | "time" | "memory" }): ReactElement => {
  const live = useLive(id);
  return <span className="numeric">{live === null ? "" : figures[of](live)}</span>;
};

type Live = LiveNode;

const isWithoutTable = (result: NodeResult | null): boolean =>
  result !== null && ["FAILED", "SKIPPED", "CANCELLED"].includes(result.status);

const figures = {
  rows: ({ result, rows }: Live): string => {
    const count = result?.row_count ?? rows;
    return count === null || isWithoutTable(result) ? "" : exactCount(count);
  },
  time: ({ result }: Live): string =>
    result === null || result.status === "SKIPPED" ? "" : formatSeconds(result.duration_seconds),
  memory: ({ result }: Live): string => {
    const memory = result?.metadata.metrics.memory_mb ?? null;
    return memory === null ? "" : `${Math.round(memory)} MB`;
  },
} as const;
