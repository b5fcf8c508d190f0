import type { ReactElement } from "react";

import { BarChart } from "./bar-chart.tsx";
import type { ChartProps } from "./chart-frame.tsx";

export interface Bin {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

interface HistogramProps extends ChartProps {
  readonly bins: readonly Bin[];
  readonly onPick?: ((at: number) => void) | undefined;
}

/** How many rows lie in each range of values. */
export const Histogram = ({ bins, ...rest }: HistogramProps): ReactElement => (
  <BarChart
    {...rest}
    bars={bins.map(({ from, to, rows }) => ({
      label: from,
      value: rows,
      title: `${from} – ${to}: ${rows.toLocaleString("en-US")}`,
    }))}
  />
);
