// The terminal's front door: wires the process's streams and signals to one command line.
import { runCommandLine } from "./command-line.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { processTerminal } from "./terminal.ts";

const cancelled = 130;
const showCursor = "\u001B[?25h";

const terminal = processTerminal();
const interrupt = listenForInterrupt(() => {
  if (terminal.interactive) terminal.write(`${showCursor}\n`);
  process.exit(cancelled);
});
// A reader that went away (`| head`) is no error: stop working and say nothing.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    interrupt.stop();
  });
}

const exitCode = await runCommandLine(process.argv.slice(2), {
  terminal,
  signal: interrupt.signal,
  onStopping: interrupt.onStopping,
  releaseKeys: interrupt.releaseKeys,
  environment: process.env,
  workingFolder: process.cwd(),
});
process.stdout.write("", () => process.exit(exitCode));
