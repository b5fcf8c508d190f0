import { colourStyle, plainStyle, type Style } from "./text/style.ts";

/** Where a command prints: the real terminal, a pipe, or a test's strings. */
export interface Terminal {
  /** A person watches: lines may be redrawn. */
  readonly interactive: boolean;
  readonly style: Style;
  /** Cells a line; `null` when nothing limits it (a pipe or a file). */
  columns(): number | null;
  rows(): number;
  onResize(listener: () => void): () => void;
  /** Standard output: results. */
  write(text: string): void;
  /** Standard error: what went wrong. */
  writeError(text: string): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

const wantsColour = (stream: NodeJS.WriteStream, environment: Environment): boolean => {
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  if ((environment["FORCE_COLOR"] ?? "0") !== "0") return true;
  return stream.isTTY && environment["TERM"] !== "dumb";
};

/** The process's own streams. A run in CI or on a dumb terminal prints plain lines. */
export function processTerminal(environment: Environment = process.env): Terminal {
  const { stdout, stderr } = process;
  const ci = !["", "0", "false", undefined].includes(environment["CI"]);
  return {
    interactive: stdout.isTTY && !ci && environment["TERM"] !== "dumb",
    style: wantsColour(stdout, environment) ? colourStyle : plainStyle,
    columns: () => (stdout.isTTY ? stdout.columns || 80 : null),
    rows: () => stdout.rows || 24,
    onResize(listener) {
      stdout.on("resize", listener);
      return () => stdout.off("resize", listener);
    },
    write: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
  };
}

/** Writes lines, each with its end. */
export const printLines = (terminal: Terminal, lines: readonly string[]): void => {
  if (lines.length > 0) terminal.write(`${lines.join("\n")}\n`);
};
