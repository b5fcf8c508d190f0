// DuckDB's own limit does not cover every allocation (one `repeat` took 4 GB under a limit of 300 MB).
// On Linux the kernel enforces it; everywhere a watch ends the host before the machine suffers.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What threads, the JavaScript heap and DuckDB's untracked parts may take over the limit. */
const slackBytes = 192 * 1024 * 1024;
const watchEveryMs = 100;

/** Bytes of writable private memory this process has now; `null` where the platform does not tell. */
const dataSize = (): number | null => {
  if (process.platform !== "linux") return null;
  const match = /^VmData:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return match === null ? null : Number(match[1]) * 1024;
};

/** Makes allocations beyond what is in use now plus `limit` bytes fail, where the platform can. */
export const limitProcessMemory = (limit: number): void => {
  const size = dataSize();
  if (size === null) return;
  const bytes = size + limit + slackBytes;
  // Only the soft limit: a later job may be given another one.
  spawnSync("prlimit", [`--pid=${process.pid}`, `--data=${bytes}:`], { stdio: "ignore" });
};

const atStart = process.memoryUsage.rss();

/** Ends this process when it holds more than `limit` bytes (and the slack) over what it held when it started. */
export const watchMemory = (limit: number, lastWords: (why: string) => void): Disposable => {
  const timer = setInterval(() => {
    const used = process.memoryUsage.rss() - atStart;
    if (used <= limit + slackBytes) return;
    lastWords(`it used ${Math.round(used / 1e6)} MB, more than its limit of ${Math.round(limit / 1e6)} MB`);
    setImmediate(() => process.kill(process.pid, "SIGKILL"));
  }, watchEveryMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
};
