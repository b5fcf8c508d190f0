import { type ComparedNode, type ComparedSide, isDifferent, type NodeStatus } from "../../../shared/run/index.ts";
import { formatCount, formatSeconds, visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { renderTable } from "../text/table.ts";
import { statusLooks } from "./node-line.ts";

const columns = [
  { title: "node" },
  { title: "status" },
  { title: "rows", align: "right" },
  { title: "time", align: "right" },
  { title: "table" },
  { title: "columns", shrink: true },
  { title: "why", shrink: true },
] as const;

const word = (side: ComparedSide | null): string =>
  side === null ? "not in the run" : statusLooks[side.status satisfies NodeStatus].word;

/** `2 → 3`, or one of them where both are the same. */
const change = (before: string, after: string): string =>
  before === after ? after : `${before === "" ? "–" : before} → ${after === "" ? "–" : after}`;

const rows = (side: ComparedSide | null): string => (side === null || side.rows === null ? "" : formatCount(side.rows));
const time = (side: ComparedSide | null): string =>
  side === null || side.seconds === null ? "" : formatSeconds(side.seconds);

/** The nodes of two runs, one line each; `all` has those that came out alike too. */
export function comparisonLines(
  nodes: readonly ComparedNode[],
  options: { readonly style: Style; readonly width: number | null; readonly all: boolean },
): string[] {
  const { style } = options;
  const shown = nodes.filter((node) => options.all || isDifferent(node));
  const cells = shown.map(({ node, before, after, output, columns: changes }) => [
    { text: node },
    { text: change(word(before), word(after)), paint: after?.status === "FAILED" ? style.bad : style.quiet },
    { text: change(rows(before), rows(after)) },
    { text: change(time(before), time(after)) },
    { text: output === "unknown" ? "" : output, paint: output === "changed" ? style.warn : style.quiet },
    { text: visible(changes.join(", ")) },
    { text: visible(after?.error ?? after?.reasons.join(", ") ?? "") },
  ]);
  const table = cells.length === 0 ? [] : [...renderTable(columns, cells, { style, width: options.width }), ""];
  return [...table, `${shown.filter(isDifferent).length} of ${nodes.length} nodes differ.`];
}
