import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const entry = fileURLToPath(new URL("../../main/cli/main.ts", import.meta.url));
const run = promisify(execFile);

/** Runs the terminal in a project and returns what it printed. */
export const headrace = async (root: string, ...args: readonly string[]): Promise<string> => {
  const env = { ...process.env, HEADRACE_HOME: join(tmpdir(), "headrace-test-data"), NO_COLOR: "1" };
  return (await run(process.execPath, [entry, ...args], { cwd: root, env })).stdout;
};

/** Starts the project's own PostgreSQL; its address with the password. It ends with the project. */
export const ownServerUrl = async (root: string): Promise<string> => {
  await headrace(root, "db", "start");
  return (await headrace(root, "db", "status", "--url")).trim();
};

/** What an independent client sees: `psql`'s own words. */
export const psql = (root: string, sql: string): Promise<string> => headrace(root, "db", "psql", "-c", sql);
