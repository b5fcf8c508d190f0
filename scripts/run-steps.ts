import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** Absolute path of the checkout. */
export const root = fileURLToPath(new URL("../", import.meta.url));

/** A script of an installed package, run by this very Node. */
export const tool = (path: string, ...args: readonly string[]): readonly string[] => [
  process.execPath,
  join(root, "node_modules", path),
  ...args,
];

/** Runs a command in the checkout with the terminal's own streams; resolves to its exit code. */
export const run = (command: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const [program = "", ...args] = command;
    const child = spawn(program, args, { cwd: root, stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });

/** As `run`, and keeps what the command printed on its standard output. */
export const capture = (command: readonly string[]): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const [program = "", ...args] = command;
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      process.stdout.write(text);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
