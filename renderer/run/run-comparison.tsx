import { type ReactElement, type ReactNode, useState } from "react";

import { type ComparedNode, type ComparedSide, formatSeconds, isDifferent } from "../../shared/run/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { Tick } from "../ui/labelled.tsx";
import { RowList } from "../ui/row-list.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { NodeLink } from "./node-link.tsx";

interface RunComparisonProps {
  readonly from: string;
  readonly to: string;
  readonly back: ReactNode;
}

const words = text.run.history;
const template = "minmax(190px, 1.5fr) 190px 140px 130px 80px minmax(110px, 1fr) minmax(130px, 2fr)";
const titles = [text.run.node, text.run.status, text.run.rows, text.run.time, words.table, words.columns, text.run.why];

/** Two runs node by node: what changed, rows, times, reasons. */
export const RunComparison = ({ from, to, back }: RunComparisonProps): ReactElement => {
  const [showAlike, setShowAlike] = useState(false);
  const compared = useAsync(`${from} ${to}`, (signal) => host().call("run.compare", { from, to }, signal));
  if (compared.status === "failed") return <FailedState error={compared.error}>{back}</FailedState>;
  if (compared.value === null) return <LoadingState label={words.reading} />;
  const { nodes } = compared.value;
  const different = nodes.filter(isDifferent);
  const shown = showAlike ? nodes : different;
  return (
    <div className="panel-column">
      <div className="panel-bar">
        {back}
        <strong className="panel-subject">{words.comparison(from, to)}</strong>
        <span role="status">{words.differences(different.length, nodes.length)}</span>
        <span className="panel-space" />
        <Tick label={words.showAlike} value={showAlike} onChange={setShowAlike} />
      </div>
      {shown.length === 0 ? (
        <EmptyState icon="ok" title={words.noDifference} next={words.noDifferenceNext} />
      ) : (
        <RowList
          label={words.comparison(from, to)}
          titles={titles}
          template={template}
          count={shown.length}
          keyOf={(at) => shown[at]?.node ?? String(at)}
          renderRow={(at) => cellsOf(shown[at])}
        />
      )}
    </div>
  );
};

const change = (before: string, after: string): string =>
  before === after ? after : `${before === "" ? "–" : before} → ${after === "" ? "–" : after}`;

const status = (side: ComparedSide | null): string =>
  side === null ? words.notInRun : (text.run.statuses[side.status] ?? side.status);
const rows = (side: ComparedSide | null): string => (side?.rows == null ? "" : exactCount(side.rows));
const time = (side: ComparedSide | null): string => (side?.seconds == null ? "" : formatSeconds(side.seconds));

const cellsOf = (node: ComparedNode | undefined): readonly ReactElement[] => {
  if (node === undefined) return [];
  const { before, after, output, columns } = node;
  const why = after?.error ?? after?.reasons.join("; ") ?? "";
  return [
    <NodeLink key="node" id={node.node} />,
    <span key="status">{change(status(before), status(after))}</span>,
    <span key="rows" className="numeric">
      {change(rows(before), rows(after))}
    </span>,
    <span key="time" className="numeric">
      {change(time(before), time(after))}
    </span>,
    <span key="output">{words.outputs[output]}</span>,
    <span key="columns" title={columns.join(", ")}>
      {columns.join(", ")}
    </span>,
    <span key="why" title={why}>
      {why}
    </span>,
  ];
};
