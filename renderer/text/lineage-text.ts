// What the window says about where columns come from and who uses them.

import { count } from "./count.ts";

/** Where columns come from and who uses them. */
export const lineageText = {
  loading: "Following the columns …",
  none: "Its columns are not known yet",
  noneNext: "Run the node once (Ctrl+Shift+Enter): its columns are then followed.",
  basis: {
    sql: "Columns are followed through its SQL. Choose one to light its way.",
    settings: "Columns are followed through its settings. Choose one to light its way.",
    python: "A Python function: which tables it reads is known, which of their columns is not.",
    origin: "Data enters the pipeline here. Choose a column to see where it goes.",
    unknown: "Its columns cannot be followed yet.",
  },
  columnsOf: (table: string) => `Columns of ${table}`,
  from: (sources: readonly { readonly table: string; readonly column: string | null }[]) =>
    sources.map(({ table, column }) => `${table.slice(table.indexOf(".") + 1)}.${column ?? "?"}`).join(", "),
  readers: (n: number) => `used in ${count(n, "place", "places")}`,
  lit: (column: string, up: number, down: number) =>
    `${column}: made of ${count(up, "column", "columns")}, goes into ${count(down, "column", "columns")}`,
  cleared: "Every node is shown again",
  wayOf: (column: string) => `Way of ${column}`,
  madeOf: "Made of",
  madeOfNothing: "Nothing in this pipeline: it comes from outside, or is a constant.",
  goesInto: "Goes into",
  goesNowhere: "No column is made of it.",
  decides: "Decides the rows of",
  notTold: "What cannot be told",
  use: { copied: "copied", computed: "computed" },
  why: {
    filter: "filter",
    join: "join",
    group: "group",
    distinct: "distinct",
    order: "order only",
    checked: "checked by a rule",
    exposed: "handed out",
  },
  someColumn: (table: string) => `${table}, some column`,
  passes: (input: string) => `and every column of ${input}`,
  light: "Light its way",
  rename: "Rename everywhere",
  whatBreaks: "What breaks without it",
  clear: "Show all nodes",
  newName: (column: string) => `New name of ${column}`,
  renameAll: (n: number) => (n === 0 ? "Rename" : `Rename in ${count(n, "place", "places")}`),
  renamed: (column: string, to: string) => `Rename ${column} to ${to}`,
  cancel: "Cancel",
  edits: (n: number) => count(n, "edit, undone in one step", "edits, undone in one step"),
  byHand: "By hand",
  breaks: (column: string) => `What breaks without ${column}`,
  breaksSentence: (fails: number, waits: number) =>
    fails === 0 ? "No node would fail." : `${count(fails, "node", "nodes")} would fail, ${waits} more would wait.`,
  fails: "Fails",
  loses: "Loses it too",
  waits: "Waits",
  namedIn: { sql: "in its SQL", settings: "in its settings" },
};
