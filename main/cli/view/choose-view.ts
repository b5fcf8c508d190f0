import type { Terminal } from "../terminal.ts";
import { jsonView, lineView, quietView } from "./line-view.ts";
import { progressView } from "./progress-view.ts";
import type { RunView } from "./run-view.ts";

export interface ViewOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Events as JSON, nothing, live progress or plain lines, as the options and the terminal ask for. */
export function chooseView(terminal: Terminal, options: ViewOptions): RunView {
  const { verbose = false } = options;
  if (options.json === true) return jsonView(terminal);
  if (options.quiet === true) return quietView(terminal);
  return terminal.interactive ? progressView(terminal, { verbose }) : lineView(terminal, { verbose });
}
