import type { CatalogueEntry } from "./entry.ts";

export const projectErrors = {
  project_not_found: {
    message: "There is no headrace.yml in {folder} or above it",
    next: "Go to a project's folder, or make one here with `headrace init`.",
    exit: 2,
  },
  project_exists: {
    message: "{folder} already has {file}",
    next: "Nothing was written. Choose another folder, or remove that file first.",
    exit: 2,
  },
  file_unreadable: {
    message: "{file} cannot be read ({detail})",
    next: "Check that the file exists and that you may read it.",
    exit: 2,
  },
  file_too_large: {
    message: "{file} has {size} bytes; project files have at most {limit}",
    next: "Split the file, or keep data outside the pipeline folder.",
    exit: 2,
  },
  file_not_text: {
    message: "{file} is not UTF-8 text",
    next: "Save it as UTF-8, or move it out of the pipeline folder.",
    exit: 2,
  },
  file_outside_project: {
    message: "{file} leads out of the project and is not followed",
    next: "Keep the files of a pipeline inside the project's folder.",
    exit: 2,
  },
  file_missing: {
    message: "{node} names {file}, which does not exist",
    next: "Create the file or correct the path; it is relative to this file, else to the project.",
    exit: 2,
  },
  yaml_syntax: {
    message: "This is not valid YAML: {detail}",
    next: "Correct the line; indentation and a missing quote or colon are the usual causes.",
    exit: 2,
  },
  yaml_path: {
    message: "{path} cannot be set: it leads through a value that is neither a mapping nor a list",
    next: "Change that value first.",
    exit: 2,
  },
  yaml_duplicate_key: {
    message: "The key {detail} is there twice",
    next: "Keep one of the two.",
    exit: 2,
  },
  yaml_too_deep: {
    message: "The YAML is nested too deeply ({detail})",
    next: "Make it flatter; a node never needs this many levels.",
    exit: 2,
  },
  yaml_too_large: {
    message: "The YAML is too long ({detail})",
    next: "Split it into several files.",
    exit: 2,
  },
  yaml_aliases: {
    message: "The YAML repeats itself through aliases too often ({detail})",
    next: "Write the values out.",
    exit: 2,
  },
  node_not_mapping: {
    message: "A node is a mapping with `kind` and `name`, but this document is {found}",
    next: "Begin the document with `kind:` and `name:`.",
    exit: 2,
  },
  kind_missing: {
    message: "This document has no `kind`",
    next: "Add one of: {kinds}. Shared fragments belong in a common folder.",
    exit: 2,
  },
  kind_unknown: {
    message: "There is no kind {kind}",
    next: "Use one of: {kinds}.",
    exit: 2,
  },
  kind_ignored: {
    message: "{node} is kept, but nothing is run for the kind {kind}",
    next: "{instead}",
    exit: 2,
  },
  key_unknown: {
    message: "There is no key {key}{where}",
    next: "Remove it.",
    exit: 2,
  },
  key_missing: {
    message: "{key} is missing; it is {expected}",
    next: "Add `{key}`.",
    exit: 2,
  },
  key_conflict: {
    message: "{key} and {other} mean the same and are both given",
    next: "Keep {other}.",
    exit: 2,
  },
  key_ignored: {
    message: "The key {key} of {node} changes nothing here",
    next: "{instead}",
    exit: 2,
  },
  value_invalid: {
    message: "{key} is {expected}, but here it is {found}",
    next: "Change the value of `{key}`.",
    exit: 2,
  },
  duplicate_node: {
    message: "{node} is defined twice: here and in {other}",
    next: "Rename one of the two.",
    exit: 2,
  },
  names_differ_by_case: {
    message: "{node} and {other} differ only by case, which some file systems cannot keep apart",
    next: "Rename one of the two.",
    exit: 2,
  },
  input_unknown: {
    message: "{node} reads {input}, which does not exist",
    next: "Correct the name, or add the node.",
    exit: 2,
  },
  input_ignored: {
    message: "{node} reads {input}, for whose kind nothing is run",
    next: "Take it out of the inputs; runs leave it out.",
    exit: 2,
  },
  input_broken: {
    message: "{node} reads {input}, which could not be loaded",
    next: "Repair {input} first.",
    exit: 2,
  },
  input_index: {
    message: "{node} reads {input}, but it has {count} inputs",
    next: "Inputs are counted from input_0 in the order of `inputs`; use ref('kind.name') to be safe.",
    exit: 2,
  },
  table_unknown: {
    message: "{node} reads the table {table}, which is not a node",
    next: "Write ref('kind.name').",
    exit: 2,
  },
  cycle: {
    message: "These nodes read each other in a circle: {cycle}",
    next: "Take one of the inputs away. {places}",
    exit: 2,
  },
  body_twice: {
    message: "{node} has both `{key}` and `file`",
    next: "Keep one of the two.",
    exit: 2,
  },
  function_missing: {
    message: "{file} has no function {function}",
    next: "Correct `function:`, or add the function.",
    exit: 2,
  },
  fragment_unknown: {
    message: "There is no fragment {name}",
    next: "Define it in a file of the common folder.",
    exit: 2,
  },
  fragment_circle: {
    message: "The fragment {name} contains itself",
    next: "Write one of its parts out.",
    exit: 2,
  },
  fragment_duplicate: {
    message: "The fragment {name} is defined twice: here and in {other}",
    next: "Rename one of the two.",
    exit: 2,
  },
  selector_unknown: {
    message: "The selector {selector} names nothing in this project",
    next: "Write a node's name, or tag:, kind: or path: with a value that a node has.",
    exit: 2,
  },
  fragment_too_long: {
    message: "The fragment {name} becomes too long when its own fragments are filled in",
    next: "Use fewer fragments inside fragments.",
    exit: 2,
  },
  python_computed: {
    message:
      "The arguments of @{decorator} are computed ({argument}), so the file would have to be imported to read them",
    next: "Write the values out as literals, or open the project where its files may be run.",
    exit: 2,
  },
  python_script_block: {
    message: "The script block of {file} cannot be read: {detail}",
    next: 'Write it as `# /// script`, `# dependencies = ["pandas"]`, `# ///`.',
    exit: 2,
  },
  python_not_top_level: {
    message: "@{decorator} is used on {what} of {file}; only functions of the file itself can be nodes",
    next: "Move the function to the top level of the file.",
    exit: 2,
  },
  python_without_kind: {
    message: "The function {function} of {file} has @materialize but is not a node",
    next: "Add @transform, @source or @feature_group above the function.",
    exit: 2,
  },
  python_two_kinds: {
    message: "The function {function} of {file} has both @{first} and @{second}",
    next: "A function is one node; keep one of the two.",
    exit: 2,
  },
  python_argument: {
    message: "@{decorator} takes the node's name and keyword arguments, but here is {found}",
    next: "Write the argument as `key=value`.",
    exit: 2,
  },
  profile_unknown: {
    message: "There is no profile {name}; there are: {known}",
    next: "Name one of these with --profile, or the path of a profiles file.",
    exit: 2,
  },
  profile_missing: {
    message: "No profiles file has the profile {name}, so the project's own PostgreSQL server is used",
    next: "Copy profiles.example.yml to profiles.yml and fill it in, or leave it so.",
    exit: 2,
  },
  profile_invalid: {
    message: "{file} is not valid YAML, or not a mapping",
    next: "Correct the line; its text is not shown because it may hold a password.",
    exit: 2,
  },
  variable_missing: {
    message: "{where} uses the variable {variable}, which is not set",
    next: "Set {variable} in the environment or in the project's .env file, or give it a default: ${{variable}:value}.",
    exit: 2,
  },
  secret_unavailable: {
    message: "{where} uses the secret {name}, which is not available here",
    next: "Keep it with `headrace secret set {name}` or in the connections panel, or set {variable} in the environment.",
    exit: 2,
  },
  secret_in_file: {
    message: "{key} of {node} is a password in plain text",
    next: "Put it into a connection of profiles.yml, which git ignores, and name that connection here.",
    exit: 2,
  },
  secret_in_defaults: {
    message: "{where} of the profile looks like a password; defaults become part of nodes and are stored",
    next: "Put it into a connection, and name that connection in the defaults.",
    exit: 2,
  },
  connection_unknown: {
    message: "There is no connection {name}",
    next: "Add it to profiles.yml under `connections`.",
    exit: 2,
  },
  connection_invalid: {
    message: "The connection {name} is not complete: {key} {how}",
    next: "Correct `{key}` of the connection in profiles.yml.",
    exit: 2,
  },
  connection_type: {
    message: "The connection {name} is of type {type}, which cannot be connected to",
    next: "Use a connection of type postgresql or sqlite.",
    exit: 2,
  },
  connection_ambiguous: {
    message: "The profile has several servers and none is the default: {known}",
    next: "Add `connection:` to the node, or `default_connection:` to the profile.",
    exit: 2,
  },
  connection_embedded: {
    message: "No profile defines the connection {name}, and the project's own PostgreSQL server is not available here",
    next: "Define a server in profiles.yml, or start one with `headrace db start`.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
