import type { ReactElement } from "react";

import { text } from "../text/text.ts";
import { NodePanel } from "./node-panel.tsx";

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 1));

const isEmpty = (value: unknown): boolean =>
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** What the selected node's file says. */
export const SettingsPanel = (): ReactElement => (
  <NodePanel>
    {(node, { config, files }) => (
      <div className="panel-scroll" tabIndex={0}>
        <p className="project-name">{node.name}</p>
        <p className="panel-hint">{text.kinds[node.kind] ?? node.kind}</p>
        {node.problem === null ? null : (
          <div className={`problem problem-${node.problem.severity} inset`}>
            <p className="problem-message">{node.problem.message}</p>
            <p className="problem-next">{node.problem.next}</p>
          </div>
        )}
        <dl className="settings">
          {Object.entries(config)
            .filter(([key, value]) => key !== "kind" && key !== "name" && !isEmpty(value))
            .map(([key, value]) => (
              <div key={key} className="setting">
                <dt>{key}</dt>
                <dd className={typeof value === "string" && !value.includes("\n") ? "" : "code"}>{plain(value)}</dd>
              </div>
            ))}
        </dl>
        <h2 className="panel-heading">{text.project.files}</h2>
        <ul className="plain-list code">
          {files.map((file) => (
            <li key={file}>{file}</li>
          ))}
        </ul>
      </div>
    )}
  </NodePanel>
);
