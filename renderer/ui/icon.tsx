import type { ReactElement } from "react";

/** Strokes on a 16 × 16 grid. */
const paths = {
  source:
    "M8 2.500c3 0 5 .9 5 2s-2 2-5 2-5-.9-5-2 2-2 5-2ZM3 4.500v7c0 1.100 2 2 5 2s5-.9 5-2v-7M3 8c0 1.100 2 2 5 2s5-.9 5-2",
  transform: "M2.500 4h4l3 8h4M2.500 12h3M10.500 4h3M11.500 2l2 2-2 2M11.500 10l2 2-2 2",
  feature_group: "M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM11 9v4M9 11h4",
  aggregation: "M12 3.500V3H4l4 5-4 5h8v-.5",
  second_order_aggregation: "M10 3.500V3H3l3.500 5L3 13h7v-.5M11.500 7.500c1-1.500 2.500-.5 1.800.7L11.500 11H14",
  model: "M8 2.500 13.500 8 8 13.500 2.500 8ZM8 6v4M6 8h4",
  predict: "M2.500 13.500 13.500 2.500M9 2.500h4.500V7M2.500 6.500h2M2.500 9.500h4",
  rule: "M8 2 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4ZM5.700 8l1.700 1.700L10.500 6.500",
  exposure:
    "M3 8c1.500-2.500 3-4 5-4s3.500 1.500 5 4c-1.500 2.500-3 4-5 4s-3.500-1.500-5-4ZM8 6.300a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400",
  broken: "M8 2.500 14 13H2ZM8 6.500v3M8 11.200v.3",
  ok: "M3 8.500 6.500 12 13 4.500",
  warning: "M8 2.500 14 13H2ZM8 6.500v3M8 11.200v.3",
  failed: "M4 4l8 8M12 4l-8 8",
  invalid: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5v4M8 11v.3",
  stale: "M3 8a5 5 0 0 1 8.700-3.400L13 6M13 3v3h-3M13 8a5 5 0 0 1-8.700 3.400L3 10M3 13v-3h3",
  queued: "M4 8v.1M8 8v.1M12 8v.1",
  running: "M5 3.500v9l7.500-4.500Z",
  building:
    "M9.500 3a3.500 3.500 0 0 0-3.300 4.600L2.500 11.300 4.700 13.500l3.700-3.700A3.500 3.500 0 0 0 13 6.500L10.700 8.200 8 5.500 9.700 3Z",
  cached: "M9 2 4 9h3.500L7 14l5-7H8.500Z",
  cancelled: "M4.500 4.500h7v7h-7z",
  skipped: "M3.500 4v8l5-4ZM8.500 4v8l5-4Z",
  disabled: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM4 12l8-8",
  unconfigured:
    "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.500 6.300c.3-2 3.200-1.800 3 .2-.1 1-1.500 1.200-1.500 2.300M8 11v.3",
  "input-missing": "M2 8h4M10 8h4M8 4v8",
  project: "M2.500 4.500h4l1.500 1.500h5.500v6.500h-11Z",
  palette: "M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z",
  outline: "M3 4h10M6 8h7M6 12h7M3 8v4",
  settings: "M3 5h6M12 5h1M3 11h1M7 11h6M10.500 3.500v3M5.500 9.500v3",
  columns: "M3 3h10v10H3zM8 3v10M3 6.500h10",
  code: "M6 4 2.500 8 6 12M10 4l3.500 4L10 12",
  insight: "M3 13.500V9M7 13.500V4.500M11 13.500V7M14 13.500H2",
  runs: "M2.500 12.500 6 8l2.500 2.500 5-7",
  history: "M3 8a5 5 0 1 0 1.700-3.750L3 6M3 3v3h3M8 5.500V8l2 1.500",
  notes: "M4 2.500h8v11H4zM6 5.500h4M6 8h4M6 10.500h2",
  preview: "M2.500 3.500h11v9h-11zM2.500 6.500h11M6.500 6.500v6",
  run: "M5 3.500v9l7.500-4.500Z",
  problems: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5v4M8 11v.3",
  logs: "M3 4h10M3 7h7M3 10h10M3 13h5",
  lineage:
    "M3 4h2.500M3 12h2.500M10.500 8H13M5.500 2.500h3v3h-3zM5.500 10.500h3v3h-3zM8.500 4c2 0 0 4 2 4M8.500 12c2 0 0-4 2-4",
  query: "M3.500 4.500 7 8l-3.500 3.500M8 12h5",
  search: "M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM10.500 10.500l3 3",
  close: "M4 4l8 8M12 4l-8 8",
  chevron: "M6 4l4 4-4 4",
  left: "M2.500 3h11v10h-11zM6.500 3v10",
  right: "M2.500 3h11v10h-11zM9.500 3v10",
  bottom: "M2.500 3h11v10h-11zM2.500 9h11",
  maximise: "M3 7V3h4M13 9v4H9M3 3l4 4M13 13 9 9",
  branch: "M5 2.500v11M5 9c0-2 6-1 6-4M11 2.500v2M5 2.500v.1",
  connections: "M6 2.500v3M10 2.500v3M4.500 5.500h7v2.500a3.500 3.500 0 0 1-7 0ZM8 11.500v2",
  materialize: "M8 2.500v6M5.500 6l2.500 2.500L10.500 6M3 9.500v4h10v-4",
  target: "M8 2.500v7M5 6.500l3 3 3-3M3 13h10",
  tag: "M3 3h5l5 5-5 5-5-5ZM5.500 5.500v.1",
  plus: "M8 3v10M3 8h10",
  stop: "M4.500 4.500h7v7h-7z",
  tidy: "M3 3h3v3H3zM3 10h3v3H3zM10 6.500h3v3h-3zM6 4.500h2v7H6M8 8h2",
  fit: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  up: "M4 10l4-4 4 4",
  down: "M4 6l4 4 4-4",
  select: "M3 5V3h2M7 3h2M11 3h2v2M13 7v2M13 11v2h-2M9 13H7M5 13H3v-2M3 9V7",
  pin: "M6 2.500h4M7 2.500v4L4.500 9h7L9 6.500v-4M8 9v4.500",
  file: "M4 2.500h5l3 3v8H4zM9 2.500v3h3",
} as const;

export type IconName = keyof typeof paths;

/** Whether there is a drawing of that name, such as a kind's. */
export const isIconName = (name: string): name is IconName => Object.hasOwn(paths, name);

/** The strokes of a drawing on its 16 × 16 grid, for what draws on a canvas; those of a file where there is none. */
export const iconPath = (name: string): string => paths[isIconName(name) ? name : "file"];

/** A small drawing beside words; it says nothing of its own to a screen reader. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactElement => (
  <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
);
