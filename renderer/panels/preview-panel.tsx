import { type ReactElement, useState } from "react";

import { host } from "../api.ts";
import { graph } from "../store/graph-store.ts";
import { runSelection } from "../store/run-actions.ts";
import { useLive, useNode, useSelectedId } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { coverage, PageTable } from "./page-table.tsx";
import { useAsync } from "./use-async.ts";

/** As many cells as a table of elements draws without a pause. */
const pageCells = 4000;
const rowsFor = (columns: number | null): number => Math.max(20, Math.min(100, Math.floor(pageCells / (columns ?? 1))));

/** Rows of the selected node's table. */
export const PreviewPanel = (): ReactElement => {
  const id = useSelectedId();
  if (id === null) return <EmptyState icon="preview" title={text.preview.none} next={text.preview.noneNext} />;
  return <NodePreview id={id} key={id} />;
};

const NodePreview = ({ id }: { readonly id: string }): ReactElement => {
  const node = useNode(id);
  const live = useLive(id);
  if (node?.type !== "node") {
    const problem = node?.view.problem;
    return <EmptyState icon="broken" title={problem?.message ?? text.preview.none} next={problem?.next ?? ""} />;
  }
  // A new output is a new table: rows are read from its beginning when its run ended.
  const version = `${node.view.lastRun?.time ?? ""} ${live?.finishedAt ?? ""}`;
  return <Rows key={version} id={id} pageRows={rowsFor(node.view.columnCount)} />;
};

const Rows = ({ id, pageRows }: { readonly id: string; readonly pageRows: number }): ReactElement => {
  const [offset, setOffset] = useState(0);
  const page = useAsync(`${id} ${offset}`, async (signal) => {
    const [answer, { decodePage }] = await Promise.all([
      host().fetch("preview.page", { node: id, offset, limit: pageRows }, signal),
      import("../pages/decode-page.ts"),
    ]);
    return decodePage(answer);
  });
  if (page.status === "failed") {
    return (
      <FailedState error={page.error}>
        <Button look="primary" icon="run" onClick={() => void runNode(id)}>
          {text.preview.runIt}
        </Button>
      </FailedState>
    );
  }
  if (page.value === null) return <LoadingState label={text.preview.loading} />;
  const { value } = page;
  const end = offset + value.rows;
  return (
    <div className="panel-column">
      <div className="panel-bar">
        <strong className="panel-subject">{id}</strong>
        <span role="status">{coverage(value)}</span>
        <span>{text.columns(value.columns.length)}</span>
        <span className="panel-space" />
        <IconButton
          icon="chevron"
          className="flipped"
          label={text.preview.previous}
          disabled={offset === 0}
          onClick={() => setOffset(Math.max(0, offset - pageRows))}
        />
        <IconButton
          icon="chevron"
          label={text.preview.next}
          disabled={value.totalRows !== null && end >= value.totalRows}
          onClick={() => setOffset(end)}
        />
      </div>
      <PageTable label={text.preview.table(id)} page={value} />
    </div>
  );
};

const runNode = (id: string): Promise<void> => {
  graph.select([id]);
  return runSelection("to");
};
