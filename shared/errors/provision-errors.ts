import type { CatalogueEntry } from "./entry.ts";

/** What Headrace needs beyond its own packages: a data folder, Python, uv, DuckDB's extensions. */
export const provisionErrors = {
  data_folder_unusable: {
    message: "Headrace's data folder cannot be used: {detail}",
    next: "Set HEADRACE_HOME to a folder that you can write to.",
    exit: 2,
  },
  data_folder_busy: {
    message: "Another Headrace process has been holding {path} for {seconds} s",
    next: "Wait for it or end it, then run again.",
    exit: 1,
  },
  python_not_found: {
    message: "No Python {wanted} was found{detail}",
    next: "Install Python 3.10 or newer and put it on the PATH, or name one in headrace.yml: `python: {interpreter: /path/to/python3}`.",
    exit: 2,
  },
  pip_not_found: {
    message: "{what} has to be installed once, and no Python here has pip (looked at {looked})",
    next: "Install pip (`python3 -m ensurepip`, or your system's python3-pip), or install {what} yourself; then run again.",
    exit: 2,
  },
  package_index_unreachable: {
    message: "{what} has to be downloaded once, and the Python package index does not answer: {detail}",
    next: "Connect to the network (pip's own settings for proxies and mirrors count), then run again; after that no network is needed.",
    exit: 2,
  },
  package_install_failed: {
    message: "{what} could not be installed: {detail}",
    next: "Correct what pip's message names, or install {what} yourself and run again.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
