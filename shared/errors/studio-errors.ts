import type { CatalogueEntry } from "./entry.ts";

export const studioErrors = {
  host_gone: {
    message: "The studio's engine is no longer there",
    next: "Start it again (`headrace studio`), then reload this window. Files that were saved are safe.",
    exit: 1,
  },
  api_unknown_call: {
    message: "The studio does not know the call {name}",
    next: "Reload the window: it may be older than the studio that answers it.",
    exit: 1,
  },
  api_bad_input: {
    message: "The call {name} was refused: {detail}",
    next: "Reload the window; if it happens again, please report it with this sentence.",
    exit: 1,
  },
  api_bad_message: {
    message: "A message to the studio was refused: {detail}",
    next: "Reload the window.",
    exit: 1,
  },
  api_too_many: {
    message: "More than {limit} requests are waiting for an answer",
    next: "Wait for some of them, or reload the window.",
    exit: 1,
  },
  api_frame_invalid: {
    message: "A message cannot be sent or read: {detail}",
    next: "Ask for fewer rows or columns at a time.",
    exit: 1,
  },
  project_not_open: {
    message: "No project is open in this window",
    next: "Open a folder that has a headrace.yml, or try the sample.",
    exit: 2,
  },
  folder_unreadable: {
    message: "{folder} cannot be listed ({detail})",
    next: "Choose a folder that exists and that you may read.",
    exit: 2,
  },
  upload_gone: {
    message: "The file that was being brought in is no longer here",
    next: "Drop it again.",
    exit: 1,
  },
  upload_out_of_order: {
    message: "A part of {name} arrived out of order, so the file was not taken over",
    next: "Drop the file again.",
    exit: 1,
  },
  file_unreadable: {
    message: "{file} cannot be read: it is a folder, or it was moved, removed or changed meanwhile",
    next: "Drop a file that is there; a folder's files can be dropped all at once.",
    exit: 1,
  },
  files_refused: {
    message: "{count} of {given} files did not become sources: {files}",
    next: "Drop .csv, .tsv, .parquet, .json or .jsonl files that are there; the others are on the canvas.",
    exit: 1,
  },
  files_damaged: {
    message: "{count} of {given} files became sources that cannot be read yet: {files}",
    next: "Mend or replace them in `data/`, then run their nodes.",
    exit: 1,
  },
  file_not_adopted: {
    message: "{path} cannot be brought into the project ({detail})",
    next: "Choose a file that is there and that you may read; a folder's files can be dropped all at once.",
    exit: 1,
  },
  node_broken: {
    message: "{node} cannot be changed here while its file cannot be read: {detail} ({file}:{line})",
    next: "Open {file}, correct line {line}, and try again.",
    exit: 2,
  },
  draft_place_gone: {
    message: "{node} is no longer there to take the text that was not saved",
    next: "The text is on the clipboard: paste it where it belongs, then discard it here.",
    exit: 1,
  },
  edit_conflict: {
    message: "{file} was changed by another program meanwhile; nothing was written",
    next: "Look at the file as it is now and make the change again.",
    exit: 1,
  },
  file_not_written: {
    message: "{file} cannot be written ({detail})",
    next: "Check that you may write there and that the disk is not full; the change is still in this window.",
    exit: 1,
  },
  edit_in_python: {
    message: "{node} is defined in {file}; its settings are the arguments of its decorator",
    next: "Change them in the node's code.",
    exit: 1,
  },
  edit_python_computed: {
    message: "{key} of {node} in {file} is not simply written out, so it is not changed from here",
    next: "Change it in the node's code: computed arguments and those with comments inside are left to you.",
    exit: 1,
  },
  edit_file_exists: {
    message: "There is a file {file} already",
    next: "Choose another name.",
    exit: 1,
  },
  edit_paste_unreadable: {
    message: "What was pasted is not nodes in YAML: {detail}",
    next: "Paste the YAML of nodes, one SELECT, or a table as CSV or TSV text.",
    exit: 1,
  },
  edit_connect_kind: {
    message: "{to} cannot read {from}: {why}",
    next: "Connect it to a node of another kind.",
    exit: 1,
  },
  edit_no_text: {
    message: "{node} has no {part} of its own",
    next: "Look at it again: its file was changed meanwhile.",
    exit: 1,
  },
  edit_makes_cycle: {
    message: "{to} cannot read {from}: the nodes would wait for one another ({cycle})",
    next: "Connect it the other way round, or split one of the nodes.",
    exit: 1,
  },
  edit_input_in_body: {
    message: "{to} names {from} in its own SQL or code",
    next: "Take it out of the node's code; the wire goes with it.",
    exit: 1,
  },
  edit_name_invalid: {
    message: "{name} cannot be a node's name",
    next: "Use lower-case letters, digits and underscores, with a letter or underscore first.",
    exit: 1,
  },
  edit_name_taken: {
    message: "There is a node {node} already",
    next: "Choose another name.",
    exit: 1,
  },
  edit_kind_unknown: {
    message: "There is no kind of node {kind}",
    next: "Choose one of the palette.",
    exit: 1,
  },
  connection_file_missing: {
    message: "The database file {path} does not exist",
    next: "Correct the path in profiles.yml.",
    exit: 1,
  },
  connection_file_unreadable: {
    message: "{path} cannot be read as a SQLite database ({detail})",
    next: "Check that it is one, and that you may read it.",
    exit: 1,
  },
  canvas_unreadable: {
    message: "canvas.yml cannot be read: {detail}",
    next: "Correct that line, or remove the file: positions are then laid out anew. Nothing else depends on it.",
    exit: 1,
  },
  studio_not_built: {
    message: "The studio's window has not been built ({path} is missing)",
    next: "Run `npm run build:renderer` in the checkout, or reinstall the package.",
    exit: 2,
  },
  port_taken: {
    message: "Port {port} is in use",
    next: "Choose another one with --port, or leave it out to get a free one.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
