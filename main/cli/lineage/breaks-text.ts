import type { Breaks } from "../../engine/index.ts";
import { plural, visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";

/** What breaks when a column goes, for people. */
export const breaksText = (
  { table, column }: { readonly table: string; readonly column: string },
  { fails, loses, check, blocked }: Breaks,
  style: Style,
): readonly string[] => {
  const name = visible(`${table}.${column}`);
  if (fails.length + loses.length + check.length === 0) return [`Nothing else names ${name}.`];
  return [
    `Without ${style.strong(name)} ${plural(fails.length, "node")} would fail, ${blocked.length} more would wait.`,
    ...part(
      "fails",
      fails.map(
        ({ node, names, how }) =>
          `${node}  ${style.quiet(`its ${how === "sql" ? "SQL" : "settings"} name ${names.map((ref) => `${ref.table}.${ref.column ?? "?"}`).join(", ")}`)}`,
      ),
      style.bad,
    ),
    ...part(
      "loses it too",
      loses.map((ref) => `${ref.table}.${ref.column ?? "?"}`),
      style.warn,
    ),
    ...part(
      "look by hand",
      check.map((node) => `${node}  ${style.quiet("a Python function reads the table")}`),
      style.warn,
    ),
    ...part("waits", blocked, style.quiet),
  ];
};

const part = (title: string, lines: readonly string[], paint: (text: string) => string): readonly string[] =>
  lines.length === 0 ? [] : ["", paint(title), ...lines.map((line) => `  ${line}`)];
