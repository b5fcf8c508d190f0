// DuckDB's own limit does not cover every allocation (one `repeat` took 4 GB under a limit of 300 MB).
// On Linux the kernel enforces ours; everywhere a watch ends the host before the machine suffers.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * The limit with what threads, the JavaScript heap and the parts that DuckDB does not count may take over it. Below
 * this DuckDB spills to disk; only beyond it an allocation fails.
 */
const withSlack = (limit: number): number => limit * 1.25 + 384 * 1024 * 1024;

const watchEveryMs = 100;

/** Bytes of writable private memory this process has now; `null` where the platform does not tell. */
const dataSize = (): number | null => {
  if (process.platform !== "linux") return null;
  const match = /^VmData:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return match === null ? null : Number(match[1]) * 1024;
};

/** The memory that queries of this process may take over what it needs itself. */
export class MemoryLimit {
  readonly #usual: number;
  readonly #dataAtStart = dataSize();
  readonly #residentAtStart = process.memoryUsage.rss();
  #present: number;

  /** To be made when DuckDB is loaded and before anything runs. */
  constructor(bytes: number) {
    this.#usual = bytes;
    this.#present = bytes;
    this.#enforce(this.#dataAtStart);
  }

  /** Another limit until the end of the block. */
  of(bytes: number): Disposable {
    this.#present = bytes;
    this.#enforce(dataSize());
    return {
      [Symbol.dispose]: () => {
        this.#present = this.#usual;
        this.#enforce(this.#dataAtStart);
      },
    };
  }

  /** Ends this process when it holds more than it may. */
  watch(lastWords: (why: string) => void): Disposable {
    const timer = setInterval(() => {
      const used = process.memoryUsage.rss() - this.#residentAtStart;
      if (used <= withSlack(this.#present)) return;
      lastWords(`it used ${megabytes(used)}, more than its limit of ${megabytes(this.#present)}`);
      setImmediate(() => process.kill(process.pid, "SIGKILL"));
    }, watchEveryMs);
    timer.unref();
    return { [Symbol.dispose]: () => clearInterval(timer) };
  }

  /** Makes allocations beyond `data` and the limit fail, where the platform can. */
  #enforce(data: number | null): void {
    if (data === null) return;
    // Only the soft limit: another job may be given more.
    const bytes = Math.round(data + withSlack(this.#present));
    spawnSync("prlimit", [`--pid=${process.pid}`, `--data=${bytes}:`], { stdio: "ignore" });
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
