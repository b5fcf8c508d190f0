import type { ComponentType, LazyExoticComponent } from "react";

import { lazyPart } from "../lazy-part.ts";
import type { Area } from "../store/layout-store.ts";
import { text } from "../text/text.ts";
import type { IconName } from "../ui/icon.tsx";
import { LogBadge, NoBadge, ProblemBadge, StaleBadge } from "./badges.tsx";

/** A view beside the canvas, loaded when it is first shown. */
export interface Panel {
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  readonly icon: IconName;
  readonly Content: LazyExoticComponent<ComponentType>;
  /** A count beside its title, or nothing. */
  readonly Badge: ComponentType;
}

const panel = (
  area: Area,
  id: keyof typeof text.panels & IconName,
  load: () => Promise<ComponentType>,
  Badge: ComponentType = NoBadge,
): Panel => {
  const Content = lazyPart(load);
  return { id, area, title: text.panels[id], icon: id, Content, Badge };
};

/** Every panel of the window, in the order of its tabs. One line a panel. */
export const panels: readonly Panel[] = [
  panel("left", "outline", async () => (await import("./outline-panel.tsx")).OutlinePanel),
  panel("left", "palette", async () => (await import("./palette-panel.tsx")).PalettePanel),
  panel("left", "project", async () => (await import("./project-panel.tsx")).ProjectPanel),
  panel("left", "connections", async () => (await import("./connections-panel.tsx")).ConnectionsPanel),
  panel("right", "settings", async () => (await import("./settings-panel.tsx")).SettingsPanel),
  panel("right", "columns", async () => (await import("./columns-panel.tsx")).ColumnsPanel),
  panel("right", "lineage", async () => (await import("./lineage-panel.tsx")).LineagePanel),
  panel("right", "code", async () => (await import("./code-panel.tsx")).CodePanel),
  panel("right", "runs", async () => (await import("./runs-panel.tsx")).RunsPanel),
  panel("right", "notes", async () => (await import("./notes-panel.tsx")).NotesPanel),
  panel("bottom", "preview", async () => (await import("./preview-panel.tsx")).PreviewPanel),
  panel("bottom", "insight", async () => (await import("./insight-panel.tsx")).InsightPanel),
  panel("bottom", "run", async () => (await import("./run-panel.tsx")).RunPanel, StaleBadge),
  panel("bottom", "problems", async () => (await import("./problems-panel.tsx")).ProblemsPanel, ProblemBadge),
  panel("bottom", "logs", async () => (await import("./logs-panel.tsx")).LogsPanel, LogBadge),
  panel("bottom", "materialize", async () => (await import("./materialize-panel.tsx")).MaterializePanel),
  panel("bottom", "query", async () => (await import("./query-panel.tsx")).QueryPanel),
  panel("bottom", "history", async () => (await import("./history-panel.tsx")).HistoryPanel),
];

export const panelsOf = (area: Area): readonly Panel[] => panels.filter((candidate) => candidate.area === area);
