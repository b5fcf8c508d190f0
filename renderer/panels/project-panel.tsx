import { type ReactElement, useMemo } from "react";
import { useStore } from "zustand";

import { graph } from "../store/graph-store.ts";
import { project } from "../store/project-store.ts";
import { useNodeIds } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";

type Files = readonly (readonly [file: string, ids: readonly string[]])[];

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf("/") + 1);

/** Ids by the file that defines them, and files by their folder, both sorted. */
const foldersOf = (ids: readonly string[]): readonly (readonly [folder: string, files: Files])[] => {
  const byFile = Map.groupBy(ids, (id) => graph.get(id)?.view.file ?? "");
  const files = [...byFile].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [...Map.groupBy(files, ([file]) => folderOf(file))].toSorted(([a], [b]) => (a < b ? -1 : 1));
};

/** Files that define nodes, and the profile's connections. */
export const ProjectPanel = (): ReactElement => {
  const ids = useNodeIds();
  const info = useStore(project, (state) => state.info);
  const folders = useMemo(() => foldersOf(ids), [ids]);
  return (
    <div className="panel-scroll" tabIndex={0}>
      <p className="project-name">{info?.name}</p>
      {info?.description === null ? null : <p className="panel-hint">{info?.description}</p>}
      <h2 className="panel-heading">{text.project.files}</h2>
      {folders.map(([folder, files]) => (
        <div key={folder}>
          {folder === "" ? null : <h3 className="file-folder">{folder}</h3>}
          <ul className="outline">
            {files.map(([file, nodes]) => (
              <FileRow key={file} file={file} nodes={nodes} />
            ))}
          </ul>
        </div>
      ))}
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

interface FileRowProps {
  readonly file: string;
  /** The nodes that it defines. */
  readonly nodes: readonly string[];
}

const FileRow = ({ file, nodes }: FileRowProps): ReactElement => (
  <li>
    <button type="button" className="outline-row" title={file} onClick={() => graph.select(nodes)}>
      <Icon name="file" size={14} />
      <span className="outline-name">{file.slice(folderOf(file).length)}</span>
      <span className="badge" title={text.nodes(nodes.length)}>
        {nodes.length}
      </span>
    </button>
  </li>
);
