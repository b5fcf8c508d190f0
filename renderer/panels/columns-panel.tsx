import { type ReactElement, useState } from "react";
import { useStore } from "zustand";

import type { NodeLineageView, NodeSchemaView, NodeView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { describeColumn, descriptionsOf } from "../inspector/columns/column-descriptions.ts";
import { ColumnRow } from "../inspector/columns/column-row.tsx";
import { applySettings, useDocument } from "../inspector/use-document.ts";
import "../inspector/inspector.css";
import "../lineage/lineage.css";
import { project } from "../store/project-store.ts";
import { startRun } from "../store/run-actions.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { NodePanel } from "./node-panel.tsx";
import { useAsync } from "./use-async.ts";

/** The columns of the selected node's table as its definition makes them, whether it ran or not. */
export const ColumnsPanel = (): ReactElement => (
  <NodePanel>{(node) => <Columns key={node.id} node={node} />}</NodePanel>
);

const Columns = ({ node }: { readonly node: NodeView }): ReactElement => {
  const revision = useStore(project, (state) => state.revision);
  const key = `${node.id} ${revision}`;
  const schema = useAsync(key, (signal) => host().call("node.describe", { node: node.id, sql: null }, signal));
  const lineage = useAsync(key, (signal) => host().call("lineage.node", { node: node.id }, signal));
  if (schema.status === "failed") return <FailedState error={schema.error} />;
  if (schema.value === null) return <LoadingState label={text.columnsTab.loading} />;
  const { columns, waitingFor, problem } = schema.value;
  if (columns === null || columns.length === 0) {
    if (problem !== null)
      return <EmptyState icon="columns" title={problem.problem.message} next={problem.problem.next} />;
    const next = waitingFor.length > 0 ? text.columnsTab.waits(waitingFor.join(", ")) : text.columnsPanel.noneNext;
    return (
      <EmptyState icon="columns" title={text.columnsPanel.none} next={next}>
        <Button
          icon="run"
          onClick={() => void startRun({ selectors: [`+${node.id}`], materialize: false }, { stay: true })}
        >
          {text.columnsPanel.run}
        </Button>
      </EmptyState>
    );
  }
  return <ColumnList node={node} schema={schema.value} lineage={lineage.status === "ready" ? lineage.value : null} />;
};

interface ColumnListProps {
  readonly node: NodeView;
  readonly schema: NodeSchemaView;
  readonly lineage: NodeLineageView | null;
}

const manyColumns = 12;

const ColumnList = ({ node, schema, lineage }: ColumnListProps): ReactElement => {
  const [filter, setFilter] = useState("");
  const document = useDocument(node.id);
  const written = document.status === "failed" ? null : document.value;
  const described = written === null ? new Map<string, string>() : descriptionsOf(node.kind, written.value);
  const columns = schema.columns ?? [];
  const wanted = filter.trim().toLowerCase();
  const shown = columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  const own = lineage?.tables.find(({ table }) => table === node.id)?.columns ?? [];
  const onDescribe = (name: string): ((words: string) => void) | null => {
    if (written === null || describeColumn(node.kind, written.value, name, "x") === null) return null;
    return (words) => void describe(node, written.value, name, words);
  };
  return (
    <div className="panel-scroll inspected-columns" tabIndex={0} role="region" aria-label={text.columnsTab.of(node.id)}>
      <p className="panel-hint">
        {text.columns(columns.length)}. {schema.from === null ? "" : `${text.columnsTab.from[schema.from]}.`}{" "}
        {schema.isCertain || schema.from !== "last run" ? "" : text.columnsTab.uncertain} {text.columnsTab.keys}.
      </p>
      {columns.length <= manyColumns ? null : (
        <input
          className="field"
          aria-label={text.columnsTab.filter}
          placeholder={text.columnsTab.filter}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <ul>
        {shown.map(({ name, type }) => (
          <ColumnRow
            key={name}
            node={node.id}
            name={name}
            type={type}
            description={described.get(name) ?? ""}
            onDescribe={onDescribe(name)}
            lineage={own.find((column) => column.name === name) ?? null}
          />
        ))}
      </ul>
    </div>
  );
};

const describe = async (
  node: NodeView,
  document: Readonly<Record<string, unknown>>,
  column: string,
  words: string,
): Promise<void> => {
  const edit = describeColumn(node.kind, document, column, words);
  if (edit === null) return;
  const { path, value } = edit;
  const command =
    value === undefined
      ? { type: "unset" as const, node: node.id, path: [...path] }
      : { type: "set" as const, node: node.id, path: [...path], value: value as never };
  await applySettings([command], text.columnsTab.edit(column, node.id));
};
