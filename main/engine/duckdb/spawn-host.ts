/** The part of a child process that hosts need; Node's `fork` and Electron's `utilityProcess` both offer it. */
export interface HostProcess {
  readonly pid: number;
  /** Structured-clone messages (advanced serialization). */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `how` is an exit code or a signal's name. */
  onExit(listener: (how: string) => void): void;
  /** SIGKILL. */
  kill(): void;
}

/** Starts `entry` (a host entry module's URL) as a process. */
export type SpawnHost = (entry: URL, options: { readonly args: readonly string[] }) => HostProcess;
