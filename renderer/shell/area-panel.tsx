import { type ReactElement, type ReactNode, Suspense } from "react";
import { useStore } from "zustand";

import { panelsOf } from "../panels/registry.ts";
import { type Area, layout, showTab } from "../store/layout-store.ts";
import { text } from "../text/text.ts";
import { ErrorBoundary } from "../ui/error-boundary.tsx";
import { LoadingState } from "../ui/state-view.tsx";
import { tabPanelProps, Tabs } from "../ui/tabs.tsx";

interface AreaPanelProps {
  readonly area: Area;
  readonly actions?: ReactNode;
  /** Between the tabs and what they show. */
  readonly head?: ReactNode;
}

/** One area of the window: its panels as tabs, the chosen one below. */
export const AreaPanel = ({ area, actions, head }: AreaPanelProps): ReactElement | null => {
  const selected = useStore(layout, (state) => state[area].tab);
  const panels = panelsOf(area);
  const tabs = panels.map(({ id, title, icon, Badge }) => ({ id, label: title, icon, badge: <Badge /> }));
  const shown = panels.find(({ id }) => id === selected) ?? panels[0];
  if (shown === undefined) return null;
  return (
    <div className="area-content">
      <Tabs
        label={text.areas[area]}
        name={area}
        tabs={tabs}
        selected={shown.id}
        onSelect={(id) => showTab(area, id)}
        actions={actions}
      />
      {head}
      <div className="area-panel" {...tabPanelProps(area, shown.id)}>
        <ErrorBoundary key={shown.id}>
          <Suspense fallback={<LoadingState label={shown.title} />}>
            <shown.Content />
          </Suspense>
        </ErrorBoundary>
      </div>
    </div>
  );
};
