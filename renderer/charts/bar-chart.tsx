import type { ReactElement } from "react";

import { ChartFrame, type ChartProps, type Plot, YAxis } from "./chart-frame.tsx";
import { extent, linearScale } from "./scale.ts";

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Shown when pointed at; `label: value` when left out. */
  readonly title?: string | undefined;
}

interface BarChartProps extends ChartProps {
  readonly bars: readonly Bar[];
  /** Called with a bar's place when it is clicked. */
  readonly onPick?: ((at: number) => void) | undefined;
}

const labelPixels = 62;

/** Bars from zero, each with its name below as far as there is room. */
export const BarChart = ({ bars, onPick, ...rest }: BarChartProps): ReactElement => (
  <ChartFrame {...rest}>{(plot) => <Bars bars={bars} plot={plot} onPick={onPick} />}</ChartFrame>
);

interface BarsProps {
  readonly bars: readonly Bar[];
  readonly plot: Plot;
  readonly onPick: BarChartProps["onPick"];
}

const Bars = ({ bars, plot, onPick }: BarsProps): ReactElement => {
  const [low, high] = extent(bars.map(({ value }) => value)) ?? [0, 1];
  const scale = linearScale([Math.min(0, low), Math.max(0, high)], [plot.bottom, plot.top], 5);
  const step = (plot.right - plot.left) / Math.max(1, bars.length);
  const each = Math.max(1, Math.ceil(labelPixels / step));
  return (
    <>
      <YAxis plot={plot} scale={scale} />
      {bars.map(({ label, value, title = `${label}: ${value.toLocaleString("en-US")}` }, at) => {
        const x = plot.left + at * step;
        const top = Number.isFinite(value) ? Math.min(scale(value), scale(0)) : scale(0);
        const height = Number.isFinite(value) ? Math.max(1, Math.abs(scale(value) - scale(0))) : 0;
        return (
          // Labels may repeat; places do not.
          // eslint-disable-next-line react/no-array-index-key
          <g key={at} className={onPick === undefined ? undefined : "chart-pick"} onClick={() => onPick?.(at)}>
            <title>{title}</title>
            <rect className="chart-hit" x={x} y={plot.top} width={step} height={plot.bottom - plot.top} />
            <rect
              className="chart-bar"
              x={x + Math.min(3, step * 0.1)}
              y={top}
              width={Math.max(0.5, step - Math.min(6, step * 0.2))}
              height={height}
            />
            {at % each === 0 ? (
              <text className="chart-label" x={x + step / 2} y={plot.bottom + 14} textAnchor="middle">
                {shortened(label, Math.floor((each * step) / 6.5))}
              </text>
            ) : null}
          </g>
        );
      })}
    </>
  );
};

const shortened = (label: string, most: number): string =>
  label.length <= most ? label : `${label.slice(0, Math.max(1, most - 1))}…`;
