import type { ReactElement } from "react";

import type { ChartProps } from "./chart-frame.tsx";
import { LineChart, type Point } from "./line-chart.tsx";

interface ScatterChartProps extends ChartProps {
  readonly points: readonly Point[];
  readonly xFormat?: ((value: number) => string) | undefined;
}

/** A dot for each pair of values. */
export const ScatterChart = ({ points, label, ...rest }: ScatterChartProps): ReactElement => (
  <LineChart {...rest} label={label} marks="points" series={[{ name: label, points }]} />
);
