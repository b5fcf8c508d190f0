import { type ReactElement, useEffect, useRef, useState } from "react";

import { type LogLine, runs } from "../store/run-store.ts";
import { useRuns, useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/labelled.tsx";
import { EmptyState } from "../ui/state-view.tsx";

/** Most lines shown at once; the journal keeps all. */
const most = 2000;
const levels = ["debug", "info", "warning", "error"] as const;
type Level = (typeof levels)[number];

const words = text.logs;

/** What nodes print and log, of the selected ones where there are any. */
export const LogsPanel = (): ReactElement => {
  const selection = useSelection();
  const last = useRuns("logs", () => runs.lastLog);
  const [filter, setFilter] = useState("");
  const [level, setLevel] = useState<Level>("debug");
  if (runs.logs.length === 0) return <EmptyState icon="logs" title={words.none} next={words.noneNext} />;
  const least = levels.indexOf(level);
  const wanted = filter.toLowerCase();
  const lines = runs.logs
    .filter(
      ({ node, level: own, text: line }) =>
        (selection.size === 0 || (node !== null && selection.has(node))) &&
        levels.indexOf(own) >= least &&
        (wanted === "" || line.toLowerCase().includes(wanted) || (node ?? "").includes(wanted)),
    )
    .slice(-most);
  return (
    <div className="panel-column">
      <div className="panel-bar">
        <input
          className="field logs-filter"
          aria-label={words.filter}
          placeholder={words.filter}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <Choice
          label={words.level}
          value={level}
          options={levels.map((name) => [name, words.levels[name]] as const)}
          onChange={setLevel}
        />
        <span>{selection.size === 0 ? words.all : words.ofSelection(selection.size)}</span>
        <span className="panel-space" />
        <span>{words.shown(lines.length)}</span>
        <Button look="quiet" disabled={lines.length === 0} onClick={() => void copy(lines)}>
          {words.copy}
        </Button>
      </div>
      {lines.length === 0 ? (
        <EmptyState icon="logs" title={words.noneOfThese} next={words.noneOfTheseNext} />
      ) : (
        <Lines lines={lines} last={last} />
      )}
    </div>
  );
};

/** Stays at the newest line for as long as it is in view; whoever scrolled up is left there. */
const Lines = ({ lines, last }: { readonly lines: readonly LogLine[]; readonly last: number }): ReactElement => {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (isAtEnd.current && last > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [last]);
  return (
    <div
      className="log-lines code"
      ref={box}
      tabIndex={0}
      role="log"
      aria-label={text.panels.logs}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 24;
      }}
    >
      {lines.map(({ number, time, node, level, text: line }) => (
        <div key={number} className={`log-line log-${level}`}>
          <span className="log-time">{time.slice(11, 19)}</span>
          <span className="log-node">{node ?? ""}</span>
          <span className="log-text">{line}</span>
        </div>
      ))}
    </div>
  );
};

const copy = async (lines: readonly LogLine[]): Promise<void> => {
  const all = lines.map(({ time, node, level, text: line }) => [time, level, node ?? "", line].join("\t"));
  await navigator.clipboard.writeText(all.join("\n"));
  announce(words.copied(lines.length));
};
