/** Ends a process for good. Electron's own `kill()` is only SIGTERM, which a busy DuckDB does not hear. */
export type EndProcess = (pid: number) => void;

export const endProcess: EndProcess = (pid) => {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It was gone already.
  }
};
