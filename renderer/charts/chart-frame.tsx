import "./charts.css";

import { type ReactElement, type ReactNode, useRef } from "react";

import { axisNumber, type Scale } from "./scale.ts";
import { type Size, useSize } from "./use-size.ts";

/** What every chart can be told. */
export interface ChartProps {
  /** What is shown, for those who do not see it: `Flights a month, from 1,200 to 9,400`. */
  readonly label: string;
  readonly xTitle?: string | undefined;
  readonly yTitle?: string | undefined;
}

/** The pixels that marks are drawn in; the rest is for axes. */
export interface Plot extends Size {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const plotOf = (size: Size, hasX: boolean, hasY: boolean): Plot => ({
  ...size,
  left: hasY ? 62 : 48,
  right: Math.max(60, size.width - 12),
  top: 8,
  bottom: Math.max(30, size.height - (hasX ? 38 : 22)),
});

interface ChartFrameProps extends ChartProps {
  readonly children: (plot: Plot) => ReactNode;
}

/** The space of a chart: fills its parent, draws again when that changes size. */
export const ChartFrame = ({ label, xTitle, yTitle, children }: ChartFrameProps): ReactElement => {
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const plot = size === null ? null : plotOf(size, xTitle !== undefined, yTitle !== undefined);
  return (
    <div className="chart" ref={element}>
      {plot === null ? null : (
        <svg role="img" aria-label={label} width={plot.width} height={plot.height}>
          {children(plot)}
          {xTitle === undefined ? null : (
            <text className="chart-title" x={(plot.left + plot.right) / 2} y={plot.height - 4} textAnchor="middle">
              {xTitle}
            </text>
          )}
          {yTitle === undefined ? null : (
            <text
              className="chart-title"
              textAnchor="middle"
              transform={`translate(11 ${(plot.top + plot.bottom) / 2}) rotate(-90)`}
            >
              {yTitle}
            </text>
          )}
        </svg>
      )}
    </div>
  );
};

interface AxisProps {
  readonly plot: Plot;
  readonly scale: Scale;
  readonly format?: ((value: number) => string) | undefined;
}

/** Lines across the plot, with their values at the left. */
export const YAxis = ({ plot, scale, format = axisNumber }: AxisProps): ReactElement => (
  <g className="chart-axis">
    {scale.ticks.map((tick) => (
      <g key={tick} transform={`translate(0 ${scale(tick)})`}>
        <line x1={plot.left} x2={plot.right} />
        <text x={plot.left - 6} dy="0.32em" textAnchor="end">
          {format(tick)}
        </text>
      </g>
    ))}
  </g>
);

/** Values below the plot. */
export const XAxis = ({ plot, scale, format = axisNumber }: AxisProps): ReactElement => (
  <g className="chart-axis">
    <line className="chart-base" x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} />
    {scale.ticks.map((tick) => (
      <text key={tick} x={scale(tick)} y={plot.bottom + 14} textAnchor="middle">
        {format(tick)}
      </text>
    ))}
  </g>
);
