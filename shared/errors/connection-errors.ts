import type { CatalogueEntry } from "./entry.ts";

export const connectionErrors = {
  secret_name_invalid: {
    message: "{name} cannot be a secret's name",
    next: "Use letters, digits, dots, dashes and underscores, at most 100.",
    exit: 2,
  },
  secret_empty: {
    message: "The secret {name} was given no value",
    next: "Type it when asked, or hand it over on standard input: it has no place on a command line.",
    exit: 2,
  },
  secret_file_exposed: {
    message: "Others on this machine may read the secrets in {path}",
    next: "Run `chmod 600 {path}`, and change the passwords in it if somebody else uses this machine.",
    exit: 2,
  },
  secret_file_damaged: {
    message: "The secrets in {path} cannot be read ({detail})",
    next: "Remove the file and set the secrets again with `headrace secret set`.",
    exit: 2,
  },
  secret_unknown: {
    message: "There is no secret {name}",
    next: "`headrace secret list` says which there are.",
    exit: 2,
  },
  connection_name_invalid: {
    message: "{name} cannot be a connection's name",
    next: "Use letters, digits, dashes and underscores, with a letter or underscore first.",
    exit: 2,
  },
  connection_name_taken: {
    message: "There is a connection {name} already",
    next: "Choose another name, or edit that connection.",
    exit: 2,
  },
  connection_elsewhere: {
    message: "The connections of this project are in a profiles file outside of its folder",
    next: "Edit {file} there; a profiles.yml of the project's own would hide it.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
