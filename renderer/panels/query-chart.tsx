import { type ReactElement, useState } from "react";

import type { OpenedTable } from "../../shared/api/index.ts";
import { type TableRef, typeClass } from "../../shared/table/index.ts";
import { host } from "../api.ts";
import { BarChart, LineChart, type Point, ScatterChart } from "../charts/index.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { useAsync } from "./use-async.ts";

const { query: words } = text;

/** Points that are drawn: more would not be told apart. */
const mostPoints = 5000;
const mostBars = 200;
const pageRows = 1000;
const kinds = ["bar", "line", "scatter"] as const;
type Kind = (typeof kinds)[number];

/** A small chart of a table's first rows: two of its columns, as bars, a line or points. */
export const QueryChart = ({ table }: { readonly table: TableRef }): ReactElement => {
  const opened = useAsync(JSON.stringify(table), (signal) => host().call("table.open", { table }, signal));
  if (opened.status === "failed") return <FailedState error={opened.error} />;
  if (opened.value === null) return <LoadingState label={text.preview.loading} />;
  const numeric = opened.value.columns.flatMap(({ type }, at) => (typeClass(type) === "number" ? [at] : []));
  const [last] = numeric.slice(-1);
  if (last === undefined) return <EmptyState icon="query" title={words.notNumeric} next={words.notNumericNext} />;
  return <Chart key={opened.value.version} table={table} opened={opened.value} numeric={numeric} usualY={last} />;
};

interface ChartProps {
  readonly table: TableRef;
  readonly opened: OpenedTable;
  readonly numeric: readonly number[];
  readonly usualY: number;
}

const Chart = ({ table, opened, numeric, usualY }: ChartProps): ReactElement => {
  const { columns, rows, version } = opened;
  const [kind, setKind] = useState<Kind>("bar");
  const [x, setX] = useState(
    columns.findIndex((_column, at) => at !== usualY) >= 0 ? columns.findIndex((_column, at) => at !== usualY) : usualY,
  );
  const [y, setY] = useState(usualY);
  const values = useAsync(JSON.stringify([version, x, y, kind]), (signal) =>
    readPoints(table, [x, y], Math.min(rows, kind === "bar" ? mostBars : mostPoints), signal),
  );
  const points = values.status === "failed" ? null : values.value;
  const drawn = points?.length ?? 0;
  const xName = columns[x]?.name ?? "";
  const yName = columns[y]?.name ?? "";
  const label = words.charted(yName, xName, text.rows(drawn));
  const coverage =
    drawn < rows ? words.chartedFirst(exactCount(drawn), text.rows(rows)) : words.chartedAll(text.rows(drawn));
  const isNamed = !["number", "time"].includes(typeClass(columns[x]?.type ?? ""));
  return (
    <div className="query-chart">
      <div className="panel-bar">
        <Choice
          label={words.kind}
          value={kind}
          options={kinds.map((one) => [one, words.kinds[one]])}
          onChange={(value) => setKind(value as Kind)}
        />
        <Choice
          label={words.x}
          value={String(x)}
          options={columns.map(({ name }, at) => [String(at), name])}
          onChange={(value) => setX(Number(value))}
        />
        <Choice
          label={words.y}
          value={String(y)}
          options={numeric.map((at) => [String(at), columns[at]?.name ?? ""])}
          onChange={(value) => setY(Number(value))}
        />
        <span role="status">{coverage}</span>
      </div>
      {values.status === "failed" ? <FailedState error={values.error} /> : null}
      <div className="query-chart-plot">
        {points === null ? null : (
          <Drawn
            kind={kind}
            rows={points}
            label={label}
            xTitle={xName}
            yTitle={yName}
            type={columns[x]?.type ?? ""}
            isNamed={isNamed}
          />
        )}
      </div>
    </div>
  );
};

type Row = readonly [x: string | null, y: string | null];

interface DrawnProps {
  readonly kind: Kind;
  readonly rows: readonly Row[];
  readonly label: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly type: string;
  /** The values across are names, which stand side by side. */
  readonly isNamed: boolean;
}

const Drawn = ({ kind, rows, label, xTitle, yTitle, type, isNamed }: DrawnProps): ReactElement => {
  const titles = { label, xTitle, yTitle };
  if (kind === "bar") {
    const bars = rows.map(([x, y]) => ({ label: x ?? text.preview.null, value: number(y), title: `${x}: ${y}` }));
    return <BarChart {...titles} bars={bars} />;
  }
  const isTime = typeClass(type) === "time";
  const points = rows.map(([x, y], at): Point => [isNamed ? at : isTime ? moment(x) : number(x), number(y)]);
  const xFormat = isTime ? dateOf : isNamed ? (at: number) => rows[Math.round(at)]?.[0] ?? "" : undefined;
  if (kind === "scatter") return <ScatterChart {...titles} points={points} xFormat={xFormat} />;
  const sorted = isNamed ? points : points.toSorted(([a], [b]) => a - b);
  return <LineChart {...titles} series={[{ name: yTitle, points: sorted }]} xFormat={xFormat} />;
};

const number = (value: string | null): number => (value === null ? Number.NaN : Number(value));
const moment = (value: string | null): number =>
  value === null
    ? Number.NaN
    : Date.parse(`${value.replace(" ", "T").replace(/\+00$/, "")}${value.length > 10 ? "Z" : ""}`);
const dateOf = (value: number): string => new Date(value).toISOString().slice(0, 10);

const readPoints = async (
  table: TableRef,
  columns: readonly number[],
  count: number,
  signal: AbortSignal,
): Promise<readonly Row[]> => {
  const { decodePiece } = await import("../grid/load-piece.ts");
  const rows: Row[] = [];
  while (rows.length < count) {
    const limit = Math.min(pageRows, count - rows.length);
    const piece = decodePiece(
      await host().fetch("table.page", { table, offset: rows.length, limit, columns: [...columns] }, signal),
    );
    if (piece.rows === 0) break;
    for (let row = 0; row < piece.rows; row++) rows.push([piece.cell(row, 0).text, piece.cell(row, 1).text]);
  }
  return rows;
};

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}

const Choice = ({ label, value, options, onChange }: ChoiceProps): ReactElement => (
  <label className="chart-choice">
    {label}
    <select className="field" value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);
