// What the inspector's tabs say.

export const formText = {
  loading: "Reading the settings …",
  of: (id: string) => `Settings of ${id}`,
  required: "required",
  byDefault: (value: string) => `${value} unless set`,
  notSet: "not set",
  set: (key: string, id: string) => `Set ${key} of ${id}`,
  rename: (id: string, name: string) => `Rename ${id} to ${name}`,
  clear: (key: string) => `Take ${key} out`,
  add: (key: string) => `Add to ${key}`,
  item: (key: string, at: number) => `${key} ${at + 1}`,
  entryName: (key: string) => `Name of a new entry of ${key}`,
  entryHint: "Name",
  addKey: "Add",
  nameTaken: "There is an entry of that name already.",
  form: (key: string) => `Form of ${key}`,
  open: (key: string) => `Set ${key}`,
  shapes: {
    text: "text",
    number: "a number",
    boolean: "yes or no",
    list: "a list",
    mapping: "with settings",
    nothing: "nothing",
    pair: "two numbers",
    anything: "any value",
  },
  yes: "yes",
  no: "no",
  groups: {
    main: "What it does",
    about: "About it",
    runs: "How it runs",
    targets: "Where it is written",
    checks: "Checks",
  },
  inCode: "Its text is in the Code tab",
  editCode: "Edit the code",
  decorated: "These are arguments of its decorators; what the function does is in the code.",
  files: "Files",
  showFile: (file: string) => `Open ${file}`,
  notKnown: "The schema does not know this key.",
} as const;

export const columnsPanelText = {
  loading: "Asking for the columns …",
  of: (id: string) => `Columns of ${id}`,
  from: {
    query: "As its definition gives them now",
    declared: "As the file declares them",
    "last run": "As they were when it last ran",
  },
  uncertain: "The definition has changed since: a run tells what they are now.",
  waits: (ids: string) => `They are known once ${ids} ran.`,
  description: (name: string) => `Description of ${name}`,
  describe: "Add a description",
  edit: (name: string, id: string) => `Describe ${name} of ${id}`,
  made: "From",
  used: "Used by",
  keys: "F2 renames a column everywhere it is used",
  filter: "Filter columns",
} as const;

export const runsPanelText = {
  loading: "Reading the history …",
  of: (id: string) => `Runs of ${id}`,
  none: "It has not run yet",
  noneNext: "Ctrl+Shift+Enter runs it with all it needs.",
  when: "When",
  status: "Status",
  rows: "Rows",
  time: "Time",
  trend: (label: string, last: string, least: string, most: string, runs: number) =>
    `${label} over ${runs} runs: ${last} last, between ${least} and ${most}`,
} as const;

export const notesPanelText = {
  label: "Notes",
  placeholder: "What is worth knowing about this node?",
  where: (file: string) => `Kept as its description in ${file}`,
  edit: (id: string) => `Note on ${id}`,
} as const;
