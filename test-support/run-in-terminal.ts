import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

import { virtualScreen, type VirtualScreen } from "./virtual-screen.ts";

const launcher = fileURLToPath(new URL("../main/cli/launch.mjs", import.meta.url));

// A pseudo-terminal of a given size: what the program prints comes out, what is written goes in as keys.
const relay = `
import fcntl, os, pty, select, struct, sys, termios
columns, rows = int(sys.argv[1]), int(sys.argv[2])
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[3], sys.argv[3:])
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
sources = [master, 0]
while True:
    for ready in select.select(sources, [], [])[0]:
        try:
            data = os.read(ready, 65536)
        except OSError:
            data = b""
        if ready == 0:
            if data: os.write(master, data)
            else: sources.remove(0)
        elif data:
            os.write(1, data)
        else:
            status = os.waitpid(pid, 0)[1]
            sys.exit(os.waitstatus_to_exitcode(status) % 256)
`;

export interface TerminalRun {
  readonly code: number | null;
  readonly screen: VirtualScreen;
}

/** Runs the terminal program on a real pseudo-terminal; `onScreen` sees each change and may press keys. */
export const runInTerminal = (
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly columns: number;
    readonly rows: number;
    readonly environment?: Readonly<Record<string, string>>;
    readonly onScreen?: (screen: VirtualScreen, press: (keys: string) => void) => void;
  },
): Promise<TerminalRun> =>
  new Promise((resolve, reject) => {
    const { columns, rows, cwd } = options;
    const { FORCE_COLOR: _force, CI: _ci, ...environment } = process.env;
    const command = ["-c", relay, String(columns), String(rows), process.execPath, launcher, ...args];
    const child = spawn("python3", command, {
      cwd,
      env: { ...environment, TERM: "xterm-256color", NO_COLOR: "1", LINES: "", COLUMNS: "", ...options.environment },
    });
    const screen = virtualScreen(columns, rows);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen.write(text);
      options.onScreen?.(screen, (keys) => child.stdin.write(keys));
    });
    child.stderr.pipe(process.stderr);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, screen }));
  });
