// What the editors say.

import { count } from "./count.ts";

export const editorText = {
  leave: "Escape, then Tab leaves the editor",
  input: "input",
  table: "table",
  parameter: (type: string, value: string) => `${type} = ${value.length > 40 ? `${value.slice(0, 39)}…` : value}`,
  parameterFrom: {
    node: "From the node's params",
    project: "From the project's vars",
    run: "Given by every run",
  },
  replaceBy: (name: string) => `Replace by ${name}`,
  loading: "Reading the text …",
  label: { sql: "SQL", python: "Python", yaml: "YAML" },
  of: (language: string, name: string) => `${language} of ${name}`,
  parts: "Texts of the node",
  none: "This node has no text of its own",
  noneNext: "Its settings are in the Settings tab.",
  state: {
    saved: "Saved",
    waiting: "Not saved yet",
    saving: "Saving …",
    conflict: "Changed elsewhere",
    failed: "Not saved",
  },
  edited: (name: string) => `Edit ${name}`,
  good: (columns: string) => `No errors: ${columns}`,
  waitsFor: (ids: string) =>
    `Columns of ${ids} are not known yet: run them once, and this text is checked against them.`,
  problem: (line: number, message: string) => `Line ${line}: ${message}`,
  fixHint: "Ctrl+. replaces it, F8 goes to the next error",
  drafts: {
    label: "Text that was not saved",
    title: (n: number) => `${count(n, "text was", "texts were")} typed and not saved when the window closed.`,
    of: (name: string) => `You had unsaved text in ${name}`,
    from: (when: string) => `from ${when}.`,
    restore: "Restore",
    restoreOf: (name: string) => `Restore the text of ${name}`,
    difference: "See the difference",
    differenceOf: (name: string) => `See the difference in ${name}`,
    discard: "Discard",
    discardOf: (name: string) => `Discard the text of ${name}`,
    more: (n: number) => `And ${count(n, "more", "more")}.`,
    restored: (file: string) => `The text is back in ${file}.`,
    compare: "Both texts are shown in the Code tab; nothing is written until you choose.",
  },
  conflict: {
    title: (file: string) => `${file} was changed elsewhere while you were editing it`,
    lead: "Nothing was overwritten. Compare the two and choose.",
    mine: "Your text",
    theirs: "The file as it is now",
    keepMine: "Keep mine",
    takeTheirs: "Take the file's",
  },
  keptLead:
    "The node is drawn as it was before, and nothing of it is run. It is read again as soon as this text is saved.",
  brokenLead: "This could not become a node. Correct its text: it is read again as soon as it is saved.",
  editText: "Edit its text",
};
