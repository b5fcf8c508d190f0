import type { ColumnReport } from "../../engine/index.ts";
import { visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";

type Path = ColumnReport["upstream"];
type Ref = Path["steps"][number]["from"];

const sayRef = ({ table, column }: Ref): string => visible(`${table}.${column ?? "?"}`);
const keyOf = ({ table, column }: Ref): string => `${table}\n${column?.toLowerCase() ?? "?"}`;

/** How a column gets on, in words. */
const useText = { copied: "", computed: "computed" } as const;

/** One side of a column's way as an indented tree; what was drawn before is not drawn again. */
const tree = (
  start: Ref,
  next: (ref: Ref) => readonly { readonly ref: Ref; readonly note: string }[],
  style: Style,
): string[] => {
  const seen = new Set([keyOf(start)]);
  const lines: string[] = [];
  const draw = (ref: Ref, indent: string): void => {
    const found = next(ref);
    for (const [at, { ref: other, note }] of found.entries()) {
      const isLast = at === found.length - 1;
      const isKnown = seen.has(keyOf(other));
      seen.add(keyOf(other));
      const again = isKnown && next(other).length > 0 ? " …" : "";
      lines.push(
        `${indent}${isLast ? "└─" : "├─"} ${sayRef(other)}${note === "" ? "" : `  ${style.quiet(note)}`}${again}`,
      );
      if (!isKnown) draw(other, `${indent}${isLast ? "   " : "│  "}`);
    }
  };
  draw(start, "");
  return lines;
};

/** A column's report for people. */
export const columnText = (report: ColumnReport, style: Style): readonly string[] => {
  const { table, column, upstream, downstream, notes } = report;
  const start = { table, column };
  const above = tree(
    start,
    (ref) =>
      upstream.steps
        .filter(({ to }) => keyOf(to) === keyOf(ref))
        .map(({ from, use }) => ({ ref: from, note: useText[use] })),
    style,
  );
  const below = tree(
    start,
    (ref) =>
      downstream.steps
        .filter(({ from }) => keyOf(from) === keyOf(ref))
        .map(({ to, use }) => ({ ref: to, note: useText[use] })),
    style,
  );
  return [
    style.strong(sayRef(start)),
    ...section("is made of", above, style),
    ...section("goes into", below, style),
    ...section(
      "decides rows of",
      [
        ...new Set(
          downstream.conditions.map(
            ({ node, why, from }) => `${visible(node)}  ${style.quiet(`${why} on ${sayRef(from)}`)}`,
          ),
        ),
      ],
      style,
    ),
    ...section("not told", [...new Set(notes.map(({ node, text }) => visible(`${node}: ${text}`)))], style),
  ];
};

const section = (title: string, lines: readonly string[], style: Style): readonly string[] =>
  lines.length === 0 ? [] : ["", style.quiet(title), ...lines.map((line) => `  ${line}`)];
