import type { ReactElement } from "react";
import { useStore } from "zustand";

import { HistoryList } from "../run/history-list.tsx";
import { LastRun } from "../run/last-run.tsx";
import { PlanTable } from "../run/plan-table.tsx";
import { RunBar } from "../run/run-bar.tsx";
import { runPanel, type RunView, showRunView } from "../run/run-request.ts";
import { text } from "../text/text.ts";
import { tabPanelProps, Tabs } from "../ui/tabs.tsx";
import "../run/run.css";

const views = [
  { id: "plan", label: text.run.views.plan, icon: "outline" },
  { id: "run", label: text.run.views.run, icon: "run" },
  { id: "history", label: text.run.views.history, icon: "runs" },
] as const;

const contents: Readonly<Record<RunView, () => ReactElement>> = {
  plan: PlanTable,
  run: LastRun,
  history: HistoryList,
};

/** The plan before a run, its nodes while it runs, one sentence after it, and all runs before. */
export const RunPanel = (): ReactElement => {
  const view = useStore(runPanel, (state) => state.view);
  const Content = contents[view];
  return (
    <div className="panel-column">
      <Tabs
        label={text.run.viewsLabel}
        name="run-view"
        tabs={views}
        selected={view}
        onSelect={(id) => showRunView(id as RunView)}
        actions={<RunBar />}
      />
      <div className="run-view" {...tabPanelProps("run-view", view)}>
        <Content />
      </div>
    </div>
  );
};
