import type { Terminal } from "./terminal.ts";

/** What every command gets: where to print, when to stop, where it was started. */
export interface Session {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C, SIGTERM and a reader that went away. */
  readonly signal: AbortSignal;
  /** Called once, when the person asks to stop. */
  onStopping(listener: () => void): void;
  /** From now on Ctrl-C belongs to a prompt or a child program, not to Headrace. */
  releaseKeys(): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute folder the command was started in. */
  readonly workingFolder: string;
}

/** A command's behaviour; the result is the process's exit code. */
export type Execute<Options> = (session: Session, options: Options, args: readonly string[]) => Promise<number>;

/** Options that most commands share. */
export interface ProjectOptions {
  readonly project?: string;
  readonly profile?: string;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

export interface SelectionOptions extends ProjectOptions {
  readonly nodes?: readonly string[];
  readonly types?: readonly string[];
  readonly tags?: readonly string[];
  readonly excludeTags?: readonly string[];
  readonly full?: boolean;
  readonly materialize?: boolean;
  readonly env?: string;
  readonly date?: string;
  readonly start?: string;
  readonly end?: string;
}
