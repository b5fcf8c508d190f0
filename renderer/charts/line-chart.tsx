import type { ReactElement } from "react";

import { ChartFrame, type ChartProps, type Plot, XAxis, YAxis } from "./chart-frame.tsx";
import { extent, linearScale, type Scale } from "./scale.ts";

export type Point = readonly [x: number, y: number];

export interface Series {
  readonly name: string;
  /** In the order they are joined; a point that is not finite breaks the line. */
  readonly points: readonly Point[];
}

interface LineChartProps extends ChartProps {
  readonly series: readonly Series[];
  readonly xFormat?: ((value: number) => string) | undefined;
  /** Joins points by lines, or shows each alone. */
  readonly marks?: "lines" | "points";
  /** Lets the vertical axis begin at zero. */
  readonly fromZero?: boolean;
}

const pathOf = (points: readonly Point[], x: Scale, y: Scale): string => {
  let isOpen = false;
  return points
    .map(([a, b]) => {
      const isPoint = Number.isFinite(a) && Number.isFinite(b);
      const command = isOpen ? "L" : "M";
      isOpen = isPoint;
      return isPoint ? `${command}${x(a).toFixed(1)} ${y(b).toFixed(1)}` : "";
    })
    .join("");
};

/** A dot each, as one path: thousands of elements would be slow. */
const dotsOf = (points: readonly Point[], x: Scale, y: Scale): string =>
  points
    .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b))
    .map(([a, b]) => `M${(x(a) - 2.5).toFixed(1)} ${y(b).toFixed(1)}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0`)
    .join("");

/** Lines over a common axis. */
export const LineChart = (props: LineChartProps): ReactElement => {
  const { series, xFormat, marks = "lines", fromZero = false, ...rest } = props;
  const draw = (plot: Plot): ReactElement => {
    const all = series.flatMap(({ points }) => points);
    const [low, high] = extent(all.map(([, y]) => y)) ?? [0, 1];
    const x = linearScale(
      extent(all.map(([value]) => value)) ?? [0, 1],
      [plot.left + 4, plot.right - 4],
      plot.width / 90,
    );
    const y = linearScale(
      [fromZero ? Math.min(0, low) : low, fromZero ? Math.max(0, high) : high],
      [plot.bottom - 3, plot.top + 3],
      5,
    );
    return (
      <>
        <YAxis plot={plot} scale={y} />
        <XAxis plot={plot} scale={x} format={xFormat} />
        {series.map(({ name, points }, at) => (
          <path
            key={name}
            className={`chart-${marks} chart-series-${at % 6}`}
            d={marks === "lines" ? pathOf(points, x, y) : dotsOf(points, x, y)}
          >
            <title>{name}</title>
          </path>
        ))}
        {series.length > 1 ? <Legend series={series} plot={plot} /> : null}
      </>
    );
  };
  return <ChartFrame {...rest}>{draw}</ChartFrame>;
};

const Legend = ({ series, plot }: { readonly series: readonly Series[]; readonly plot: Plot }): ReactElement => (
  <g>
    {series.map(({ name }, at) => (
      <g key={name} transform={`translate(${plot.left + 8} ${plot.top + 8 + at * 15})`}>
        <line className={`chart-lines chart-series-${at % 6}`} x2={14} />
        <text className="chart-label" x={19} dy="0.32em">
          {name}
        </text>
      </g>
    ))}
  </g>
);
