import { count } from "./count.ts";

/** What groups are called and said. */
export const groupText = {
  list: "Groups",
  untitled: (number: number) => `Group ${number}`,
  title: "Title of the group",
  make: (n: number) => `Group ${count(n, "node", "nodes")}`,
  made: (title: string, n: number) => `${title}: ${count(n, "node", "nodes")} grouped.`,
  dissolve: "Ungroup",
  dissolved: (n: number) => `${count(n, "group", "groups")} dissolved; the nodes stay.`,
  collapse: "Collapse the group",
  expand: "Open the group",
  collapsed: (title: string) => `${title} collapsed.`,
  expanded: (title: string) => `${title} opened.`,
  rename: (title: string) => `Rename the group to ${title}`,
  isCollapsed: "collapsed",
  inState: (n: number, state: string) => `${n.toLocaleString("en-US")} ${state}`,
  commands: {
    group: "Group the selected nodes",
    ungroup: "Ungroup the selected nodes",
    toggle: "Collapse or open the group",
    rename: "Rename the group",
  },
} as const;

/** What notes are called and said. */
export const noteText = {
  list: "Notes on the canvas",
  label: "Note",
  placeholder: "Write a note",
  add: "Add a note",
  edit: "Edit a note",
  move: "Move a note",
  remove: "Remove a note",
  removeThis: "Remove this note",
  done: "Done",
} as const;

/** Finding nodes on the canvas. */
export const findText = {
  command: "Find nodes on the canvas",
  label: "Find nodes",
  placeholder: "+orders  tag:daily  stale",
  help: "Names, +upstream, downstream+, tag:, kind:, path:, stale; Enter goes to the next match.",
  matches: (n: number) => count(n, "match", "matches"),
  at: (position: number, n: number) => `${position} of ${n}`,
  none: "No node matches.",
  next: "Next match",
  previous: "Previous match",
  select: "Select all matches",
  close: "Close the search",
} as const;

/** Edges, as they are heard. */
export const edgeText = {
  heard: (from: string, to: string) => `Connection from ${from} to ${to}`,
  insert: (from: string, to: string) => `Insert a node between ${from} and ${to}`,
  next: "Go to the next connection of the node",
  insertCommand: "Insert a node on the selected connection",
} as const;

/** What files are called that were dropped and are not sources yet. */
export const comingText = {
  begun: (files: readonly string[]) =>
    files.length === 1 ? `${files[0]} is coming in.` : `${count(files.length, "file", "files")} are coming in.`,
  card: (file: string) => `${file}, coming in`,
  phase: {
    waiting: "waits for the other files",
    coming: "coming in …",
    read: "read through for its columns and types …",
    added: "becomes a source …",
  },
  share: (share: number) => `${Math.floor(share * 100)} %`,
  cancel: (file: string) => `Leave ${file} out`,
  cancelAll: "Leave out the files that are coming in",
  leftOut: (file: string) => `${file} is left out.`,
} as const;

export const minimapText = { label: "Overview", toggle: "Show or hide the overview map" } as const;
