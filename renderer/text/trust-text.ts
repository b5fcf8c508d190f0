// What the banner of a restricted project says.

export const trustText = {
  label: "Restricted project",
  title: "This project is open restricted.",
  what: "It was not made here, so nothing of it is run, imported, connected to or followed out of its folder until you trust it. Its files and the tables that are there can be looked at and edited.",
  grant: "Trust this project",
  more: "What is off?",
  off: [
    "runs, plans and writing to targets",
    "imports of its Python files",
    "connections to databases, and filling in environment variables and secrets",
    "queries, and binding its SQL for checks",
    "git's state, because a repository's settings can name programs",
  ],
  granted: "The project is trusted from now on",
} as const;
