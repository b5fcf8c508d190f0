// Small charts in SVG. They fill the element they are in; colours come from the theme.

export { BarChart, type Bar } from "./bar-chart.tsx";
export { Histogram, type Bin } from "./histogram.tsx";
export { LineChart, type Point, type Series } from "./line-chart.tsx";
export { ScatterChart } from "./scatter-chart.tsx";
