import type { ReactElement } from "react";
import { useStore } from "zustand";

import type { NodeView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { SettingsForm } from "../inspector/form/settings-form.tsx";
import { openCode } from "../inspector/open-code.ts";
import { useDocument } from "../inspector/use-document.ts";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import { Marked } from "../ui/marked.tsx";
import { NodePanel } from "./node-panel.tsx";
import { useAsync } from "./use-async.ts";

/** What the selected node's file says, as a form. */
export const SettingsPanel = (): ReactElement => (
  <NodePanel>{(node, { files }) => <Settings key={node.id} node={node} files={files} />}</NodePanel>
);

const Settings = ({ node, files }: { readonly node: NodeView; readonly files: readonly string[] }): ReactElement => {
  const document = useDocument(node.id);
  const revision = useStore(project, (state) => state.revision);
  const schema = useAsync(`${node.id} ${revision}`, (signal) =>
    host().call("node.describe", { node: node.id, sql: null }, signal),
  );
  if (document.status === "failed") return <FailedState error={document.error} />;
  if (document.value === null) return <LoadingState label={text.form.loading} />;
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={text.panels.settings}>
      {node.problem === null ? null : (
        <div className={`problem problem-${node.problem.severity} inset`}>
          <p className="problem-message">{node.problem.message}</p>
          <p className="problem-next">
            <Marked words={node.problem.next} />
          </p>
        </div>
      )}
      {document.value.written === "decorators" ? <p className="panel-hint">{text.form.decorated}</p> : null}
      <SettingsForm node={node} document={document.value} schema={schema.status === "ready" ? schema.value : null} />
      <h2 className="panel-heading">{text.form.files}</h2>
      <ul className="plain-list code">
        {files.map((file) => (
          <li key={file}>
            <button
              type="button"
              className="link"
              aria-label={text.form.showFile(file)}
              onClick={() => openCode(node.id, { file, line: file === node.file ? node.line : 1, column: 1 })}
            >
              {file}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
