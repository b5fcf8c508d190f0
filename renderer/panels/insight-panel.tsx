import type { ComponentType, ReactElement } from "react";
import { useStore } from "zustand";

import type { NodeView } from "../../shared/api/index.ts";
import { ExposureInsight } from "../insight/exposure-insight.tsx";
import { FeatureInsight } from "../insight/feature-insight.tsx";
import type { InsightProps } from "../insight/insight-props.ts";
import { ModelInsight } from "../insight/model-insight.tsx";
import { RuleInsight } from "../insight/rule-insight.tsx";
import { WindowsInsight } from "../insight/windows-insight.tsx";
import "../insight/insight.css";
import { project } from "../store/project-store.ts";
import { useLive } from "../store/use-graph.ts";
import { insightText } from "../text/insight-text.ts";
import { EmptyState } from "../ui/state-view.tsx";
import { NodePanel } from "./node-panel.tsx";

/** A kind's own view of what its runs found. One line a kind. */
const views: Readonly<Record<string, ComponentType<InsightProps>>> = {
  feature_group: FeatureInsight,
  aggregation: WindowsInsight,
  second_order_aggregation: WindowsInsight,
  model: ModelInsight,
  rule: RuleInsight,
  exposure: ExposureInsight,
};

/** What the selected node's runs found, in the way that suits its kind. */
export const InsightPanel = (): ReactElement => (
  <NodePanel>{(node) => <Insight key={node.id} node={node} />}</NodePanel>
);

const Insight = ({ node }: { readonly node: NodeView }): ReactElement => {
  const revision = useStore(project, (state) => state.revision);
  const live = useLive(node.id);
  const View = views[node.kind];
  if (View === undefined) return <EmptyState icon="insight" title={insightText.none} next={insightText.noneNext} />;
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={insightText.label(node.id)}>
      <div className="insight">
        <View node={node.id} version={`${revision} ${live?.finishedAt ?? ""}`} />
      </div>
    </div>
  );
};
