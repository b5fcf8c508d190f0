import type { Terminal } from "./terminal.ts";
import { plainStyle } from "./text/style.ts";

/** A terminal for tests: a pipe unless it is given a width, and everything written can be read back. */
export interface RecordingTerminal extends Terminal {
  output(): string;
  errors(): string;
}

export function recordingTerminal(
  options: { readonly columns?: number; readonly onWrite?: (text: string) => void } = {},
): RecordingTerminal {
  let output = "";
  let errors = "";
  return {
    interactive: false,
    style: plainStyle,
    columns: () => options.columns ?? null,
    rows: () => 24,
    onResize: () => () => undefined,
    write(text) {
      output += text;
      options.onWrite?.(text);
    },
    writeError(text) {
      errors += text;
    },
    output: () => output,
    errors: () => errors,
  };
}
