import type { ReactElement } from "react";

import { text } from "../text/text.ts";
import { EmptyState } from "../ui/state-view.tsx";
import { NodePanel } from "./node-panel.tsx";

/** The columns of the selected node's table, as last seen. */
export const ColumnsPanel = (): ReactElement => (
  <NodePanel>
    {(_node, { columns }) =>
      columns === null || columns.length === 0 ? (
        <EmptyState icon="columns" title={text.columnsPanel.none} next={text.columnsPanel.noneNext} />
      ) : (
        <ol className="column-list" tabIndex={0} aria-label={text.panels.columns}>
          {columns.map(({ name, type }) => (
            <li key={name}>
              <span className="column-name">{name}</span>
              <span className="column-type">{type}</span>
            </li>
          ))}
        </ol>
      )
    }
  </NodePanel>
);
