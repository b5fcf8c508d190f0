import type { ReactElement } from "react";
import { useStore } from "zustand";

import { connection } from "../api.ts";
import { viewport } from "../canvas/viewport.ts";
import { showTab } from "../store/layout-store.ts";
import { allProblems, project } from "../store/project-store.ts";
import { staleCount } from "../store/run-store.ts";
import { useNodeIds, useRuns } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";
import { EngineFigures } from "./engine-figures.tsx";

const words = { open: text.status.connected, connecting: text.status.connecting, lost: text.status.lost } as const;

/** Project, git, what is stale, the engine. */
export const StatusBar = (): ReactElement => {
  const info = useStore(project, (state) => state.info);
  const { status } = useStore(connection);
  const zoom = useStore(viewport, (view) => Math.round(view.zoom * 100));
  return (
    <footer className="status-bar" aria-label={text.areas.status}>
      <span className="status-project" title={info?.root}>
        {info?.name ?? text.product}
      </span>
      {info === null ? null : <ProjectItems />}
      <span className="status-space" />
      {status === "open" ? <EngineFigures /> : null}
      <span className="status-item">{text.status.zoom(zoom)}</span>
      <span className={`status-item status-${status}`}>
        <span className="status-light" aria-hidden="true" />
        {words[status]}
      </span>
    </footer>
  );
};

const ProjectItems = (): ReactElement => {
  const info = useStore(project, (state) => state.info);
  const problems = useStore(project, allProblems);
  const stale = useRuns("plan", staleCount);
  const ids = useNodeIds();
  return (
    <>
      {info?.git == null ? null : (
        <span className="status-item">
          <Icon name="branch" size={13} />
          {info.git.branch}
          <span className="status-faint">{text.status.changed(info.git.changed)}</span>
        </span>
      )}
      <span className="status-item">{text.nodes(ids.length)}</span>
      <button type="button" className="status-item status-button" onClick={() => showTab("bottom", "run")}>
        <Icon name={stale === 0 ? "ok" : "stale"} size={13} />
        {text.status.stale(stale)}
      </button>
      {problems.length === 0 ? null : (
        <button type="button" className="status-item status-button" onClick={() => showTab("bottom", "problems")}>
          <Icon name="invalid" size={13} />
          {text.problems(problems.length)}
        </button>
      )}
    </>
  );
};
