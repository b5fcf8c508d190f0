import type { ReactElement } from "react";

import { text } from "../text/text.ts";

interface SparklineProps {
  readonly label: string;
  /** Oldest first. */
  readonly values: readonly number[];
  readonly show: (value: number) => string;
}

const width = 150;
const height = 34;
const margin = 3;

/** How a figure went from run to run: the last one in words, the rest as a line. */
export const Sparkline = ({ label, values, show }: SparklineProps): ReactElement | null => {
  const last = values.at(-1);
  if (last === undefined) return null;
  const largest = Math.max(...values, 0);
  const x = (at: number): number => margin + ((width - 2 * margin) * at) / Math.max(1, values.length - 1);
  const y = (value: number): number => height - margin - ((height - 2 * margin) * value) / (largest || 1);
  const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`);
  const words = text.runsPanel.trend(label, show(last), show(Math.min(...values)), show(largest), values.length);
  return (
    <figure className="trend">
      <figcaption>
        {label} <strong>{show(last)}</strong>
      </figcaption>
      {values.length < 2 ? null : (
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
          <polyline points={points.join(" ")} />
          <circle cx={x(values.length - 1)} cy={y(last)} r={2.5} />
        </svg>
      )}
    </figure>
  );
};
