import type { ReactElement } from "react";

import type { WindowsView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { insightText } from "../text/insight-text.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import type { InsightProps } from "./insight-props.ts";

const words = insightText.windows;

/** An aggregation's windows as bands below the histogram of the events that they look at. */
export const WindowsInsight = ({ node, version }: InsightProps): ReactElement => {
  const seen = useAsync(`${node} ${version}`, async (signal) => ({
    view: await host().call("windows.show", { node }, signal),
  }));
  if (seen.status === "failed") return <FailedState error={seen.error} />;
  if (seen.value === null) return <LoadingState label={insightText.loading} />;
  const { view } = seen.value;
  if (view === null) return <EmptyState icon="aggregation" title={words.none} next={words.noneNext} />;
  return (
    <section>
      <h2>{words.title(view.column, view.input)}</h2>
      <Drawing view={view} />
      <p>
        {words.events(exactCount(total(view)), view.bins[0]?.from ?? "", view.bins.at(-1)?.to ?? "")},{" "}
        {words.at(view.at)}
      </p>
      <ul>
        {view.windows.map(({ name, from, to }) => (
          <li key={name}>{words.span(name, from, to)}</li>
        ))}
      </ul>
    </section>
  );
};

const total = ({ bins }: WindowsView): number => bins.reduce((sum, { rows }) => sum + rows, 0);

const millisecondsOf = (written: string): number => Date.parse(`${written.slice(0, 23).replace(" ", "T")}Z`);

const [width, chartHeight, bandHeight, left] = [1000, 160, 18, 70];

/** Left and width on the drawing of a stretch of time, cut at its ends. */
const placeSpan = (
  domain: readonly [number, number],
  span: readonly [number, number],
): { readonly x: number; readonly width: number } => {
  const [low, high] = domain;
  const scale = (time: number): number =>
    left + ((Math.min(high, Math.max(low, time)) - low) / Math.max(1, high - low)) * (width - left);
  const x = scale(span[0]);
  return { x, width: Math.max(1, scale(span[1]) - x) };
};

const Drawing = ({ view }: { readonly view: WindowsView }): ReactElement => {
  const { bins, windows } = view;
  const at = millisecondsOf(view.at);
  const times = [...bins.flatMap(({ from, to }) => [millisecondsOf(from), millisecondsOf(to)]), at];
  const domain = [Math.min(...times), Math.max(...times)] as const;
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  const height = chartHeight + windows.length * bandHeight + 8;
  const line = placeSpan(domain, [at, at]).x;
  return (
    <svg
      className="insight-windows"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={words.chart(text.rows(total(view)), windows.length)}
    >
      {bins.map(({ from, to, rows }) => {
        const place = placeSpan(domain, [millisecondsOf(from), millisecondsOf(to)]);
        const tall = (rows / most) * (chartHeight - 10);
        return (
          <rect
            key={from}
            className="event"
            x={place.x}
            y={chartHeight - tall}
            width={Math.max(1, place.width - 1)}
            height={tall}
          >
            <title>{`${from} – ${to}: ${exactCount(rows)}`}</title>
          </rect>
        );
      })}
      {windows.map(({ name, from, to }, row) => {
        const place = placeSpan(domain, [millisecondsOf(from), millisecondsOf(to)]);
        const y = chartHeight + 6 + row * bandHeight;
        return (
          <g key={name}>
            <title>{words.span(name, from, to)}</title>
            <text x={left - 8} y={y + 11} textAnchor="end">
              {name}
            </text>
            <rect className="band" x={place.x} y={y} width={place.width} height={bandHeight - 5} rx={2} />
          </g>
        );
      })}
      <line className="at" x1={line} x2={line} y1={0} y2={height} />
    </svg>
  );
};
