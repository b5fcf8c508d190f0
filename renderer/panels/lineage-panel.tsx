import { type ReactElement, useState } from "react";
import { useStore } from "zustand";

import type { NodeView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { ColumnBreaks } from "../lineage/column-breaks.tsx";
import { ColumnList } from "../lineage/column-list.tsx";
import { ColumnPath } from "../lineage/column-path.tsx";
import { clearColumn, lit } from "../lineage/lineage-store.ts";
import { RenameColumn } from "../lineage/rename-column.tsx";
import "../lineage/lineage.css";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { NodePanel } from "./node-panel.tsx";
import { useAsync } from "./use-async.ts";

/** Where the selected node's columns come from and where they go. */
export const LineagePanel = (): ReactElement => (
  <NodePanel>{(node) => <NodeLineage key={node.id} node={node} />}</NodePanel>
);

const NodeLineage = ({ node }: { readonly node: NodeView }): ReactElement => {
  const revision = useStore(project, (state) => state.revision);
  const found = useAsync(`${revision} ${JSON.stringify(node)}`, (signal) =>
    host().call("lineage.node", { node: node.id }, signal),
  );
  const { report } = useStore(lit);
  const [open, setOpen] = useState<"rename" | "breaks" | null>(null);
  if (found.status === "failed") return <FailedState error={found.error} />;
  if (found.value === null || found.value.node !== node.id) return <LoadingState label={text.lineage.loading} />;
  const { basis, tables, notes } = found.value;
  const chosen = report !== null && tables.some(({ table }) => table === report.table) ? report : null;
  const hasColumns = tables.some(({ columns }) => columns.length > 0);
  return (
    <div
      className="panel-scroll lineage"
      onKeyDown={(event) => event.key === "F2" && chosen !== null && setOpen("rename")}
    >
      <p className="panel-hint">{text.lineage.basis[basis]}</p>
      {hasColumns ? null : (
        <EmptyState icon="lineage" title={text.lineage.none} next={notes[0] ?? text.lineage.noneNext} />
      )}
      {tables.map((table) => (
        <section key={table.table}>
          {tables.length > 1 ? <h3 className="panel-heading">{table.table}</h3> : null}
          <ColumnList table={table} chosen={chosen?.table === table.table ? chosen.column : null} />
          {table.passes.map((input) => (
            <p key={input} className="panel-hint">
              {text.lineage.passes(input)}
            </p>
          ))}
        </section>
      ))}
      {report === null ? null : (
        <section className="lineage-chosen" aria-label={text.lineage.wayOf(`${report.table}.${report.column}`)}>
          <h2 className="lineage-title code">
            {report.table}.{report.column}
          </h2>
          <div className="lineage-buttons">
            <Button
              look="quiet"
              aria-expanded={open === "rename"}
              onClick={() => setOpen(open === "rename" ? null : "rename")}
            >
              {text.lineage.rename}
            </Button>
            <Button
              look="quiet"
              aria-expanded={open === "breaks"}
              onClick={() => setOpen(open === "breaks" ? null : "breaks")}
            >
              {text.lineage.whatBreaks}
            </Button>
            <Button look="quiet" onClick={clearColumn}>
              {text.lineage.clear}
            </Button>
          </div>
          {open === "rename" ? (
            <RenameColumn
              key={`${report.table} ${report.column}`}
              table={report.table}
              column={report.column}
              onClose={() => setOpen(null)}
            />
          ) : null}
          {open === "breaks" ? <ColumnBreaks table={report.table} column={report.column} /> : null}
          <ColumnPath report={report} />
        </section>
      )}
    </div>
  );
};
