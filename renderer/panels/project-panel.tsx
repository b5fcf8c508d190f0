import { type ReactElement, useMemo } from "react";
import { useStore } from "zustand";

import { graph } from "../store/graph-store.ts";
import { project } from "../store/project-store.ts";
import { useNodeIds } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";

/** Ids by the file that defines them, sorted by file. */
const filesOf = (ids: readonly string[]): readonly (readonly [file: string, ids: readonly string[]])[] => {
  const byFile = Map.groupBy(ids, (id) => graph.get(id)?.view.file ?? "");
  return [...byFile].toSorted(([a], [b]) => (a < b ? -1 : 1));
};

/** The name stays whole for as long as it can; its folder gives way first. */
const FileName = ({ file }: { readonly file: string }): ReactElement => {
  const at = file.lastIndexOf("/") + 1;
  return (
    <span className="outline-name file-name">
      <span className="file-folder">{file.slice(0, at)}</span>
      <span>{file.slice(at)}</span>
    </span>
  );
};

/** Files that define nodes, and the profile's connections. */
export const ProjectPanel = (): ReactElement => {
  const ids = useNodeIds();
  const info = useStore(project, (state) => state.info);
  const files = useMemo(() => filesOf(ids), [ids]);
  return (
    <div className="panel-scroll" tabIndex={0}>
      <p className="project-name">{info?.name}</p>
      {info?.description === null ? null : <p className="panel-hint">{info?.description}</p>}
      <h2 className="panel-heading">{text.project.files}</h2>
      <ul className="outline">
        {files.map(([file, nodes]) => (
          <li key={file}>
            <button type="button" className="outline-row" title={file} onClick={() => graph.select(nodes)}>
              <Icon name="file" size={14} />
              <FileName file={file} />
              <span className="badge" title={text.nodes(nodes.length)}>
                {nodes.length}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <h2 className="panel-heading">{text.project.connections}</h2>
      {info?.connections.length === 0 ? <p className="panel-hint">{text.project.noConnections}</p> : null}
      <ul className="plain-list">
        {info?.connections.map((name) => (
          <li key={name}>
            <Icon name="source" size={14} />
            {name}
          </li>
        ))}
      </ul>
    </div>
  );
};
