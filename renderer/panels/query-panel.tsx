import "../grid/grid.css";

import { type ReactElement, Suspense, useEffect, useState } from "react";
import { useStore } from "zustand";

import { lazyPart } from "../lazy-part.ts";
import { DropMenu } from "../grid/drop-menu.tsx";
import { TableView } from "../grid/lazy-table-view.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, LoadingState } from "../ui/state-view.tsx";
import {
  forgetQueries,
  queryHistory,
  recallQueries,
  recallTyped,
  rememberQuery,
  rememberTyped,
} from "./query-history.ts";

const QueryChart = lazyPart(async () => (await import("./query-chart.tsx")).QueryChart);
const SqlEditor = lazyPart(async () => (await import("../editor/sql-editor.tsx")).SqlEditor);

const { query: words } = text;
const shownQueries = 20;
const shownCharacters = 70;

interface Asked {
  readonly sql: string;
  /** Asking the same again looks again. */
  readonly turn: number;
}

// What was typed and asked outlives the panel's being hidden.
const kept: { sql: string; asked: Asked | null; isRecalled: boolean } = { sql: "", asked: null, isRecalled: false };

/** What was typed before a reload or a crash; never over what is typed by now. */
const recall = async (show: (sql: string) => void): Promise<void> => {
  const sql = await recallTyped().catch(() => "");
  if (kept.isRecalled) return;
  kept.isRecalled = true;
  kept.sql = sql;
  show(sql);
};

/** Ad-hoc SQL over every node's table: an editor, its answer as a table or a chart, and what was asked before. */
export const QueryPanel = (): ReactElement => {
  const [sql, setSql] = useState(kept.sql);
  const [asked, setAsked] = useState(kept.asked);
  const change = (next: string): void => {
    kept.sql = next;
    kept.isRecalled = true;
    setSql(next);
    rememberTyped(() => kept.sql);
  };
  useEffect(() => {
    if (!kept.isRecalled) void recall(setSql);
  }, []);
  const ask = (): void => {
    const wanted = kept.sql.trim();
    if (wanted === "") return;
    kept.asked = { sql: wanted, turn: (kept.asked?.turn ?? 0) + 1 };
    setAsked(kept.asked);
    rememberQuery(wanted);
  };
  return (
    <div className="query-panel">
      <div className="query-side">
        <div className="panel-bar table-bar">
          <Button look="primary" icon="run" onClick={ask}>
            {words.run}
          </Button>
          <span className="panel-space" />
          <History onChoose={change} />
        </div>
        <Suspense fallback={<LoadingState label={words.label} />}>
          <SqlEditor node={null} label={words.label} value={sql} onChange={change} onRun={ask} />
        </Suspense>
      </div>
      <div className="query-answer">
        {asked === null ? (
          <EmptyState icon="query" title={words.none} next={words.noneNext} />
        ) : (
          <Suspense fallback={<LoadingState label={text.preview.loading} />}>
            <Answer key={asked.turn} asked={asked} />
          </Suspense>
        )}
      </div>
    </div>
  );
};

const Answer = ({ asked: { sql, turn } }: { readonly asked: Asked }): ReactElement => {
  const [isChart, setChart] = useState(false);
  const table = { type: "query", sql, turn } as const;
  const lead = (
    <span className="table-sides" role="group" aria-label={words.result}>
      <button type="button" aria-pressed={!isChart} onClick={() => setChart(false)}>
        {words.table}
      </button>
      <button type="button" aria-pressed={isChart} onClick={() => setChart(true)}>
        {words.chart}
      </button>
    </span>
  );
  return (
    <TableView
      label={words.label}
      table={table}
      version={String(turn)}
      lead={lead}
      instead={isChart ? <QueryChart table={table} /> : undefined}
    />
  );
};

const History = ({ onChoose }: { readonly onChoose: (sql: string) => void }): ReactElement => {
  const queries = useStore(queryHistory, (state) => state.queries);
  useEffect(() => void recallQueries().catch(() => undefined), []);
  const shown = (queries ?? []).slice(0, shownQueries);
  return (
    <DropMenu
      label={words.history}
      isDisabled={shown.length === 0}
      items={[
        ...shown.map((sql) => ({ id: sql, label: oneLine(sql), run: () => onChoose(sql) })),
        { id: "", label: words.clearHistory, run: forgetQueries },
      ]}
    />
  );
};

const oneLine = (sql: string): string => {
  const line = sql.replaceAll(/\s+/g, " ");
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters - 1)}…` : line;
};
