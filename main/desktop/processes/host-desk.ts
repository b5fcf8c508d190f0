import { join } from "node:path";

import type { FromEngine, ToEngine } from "../../../shared/desktop/index.ts";
import type { ElectronApi, ShellPort, ShellUtility } from "../electron-api.ts";
import type { EndProcess } from "../system/end-process.ts";

/** The processes that the engine may ask for, as the build names them. */
const entries: readonly string[] = ["sql-host-process.cjs", "connector-host-process.cjs"];

type SpawnRequest = FromEngine & { readonly type: "host.spawn" };

/** Starts DuckDB hosts for the engine, gives both a line to each other, and ends what is to end. */
export class HostDesk {
  readonly #electron: Pick<ElectronApi, "MessageChannelMain" | "utilityProcess">;
  readonly #folder: string;
  readonly #answer: (message: ToEngine, port: ShellPort | null) => void;
  readonly #endProcess: EndProcess;
  readonly #hosts = new Map<number, ShellUtility>();

  /** `folder` holds the built entries. */
  constructor(
    electron: Pick<ElectronApi, "MessageChannelMain" | "utilityProcess">,
    folder: string,
    answer: (message: ToEngine, port: ShellPort | null) => void,
    endProcess: EndProcess,
  ) {
    this.#electron = electron;
    this.#folder = folder;
    this.#answer = answer;
    this.#endProcess = endProcess;
  }

  spawn({ id, entry, environment }: SpawnRequest): void {
    if (!entries.includes(entry)) return this.#answer({ type: "host.exit", id, how: `${entry} is no host` }, null);
    const host = this.#electron.utilityProcess.fork(join(this.#folder, entry), [], {
      env: { ...environment },
      stdio: ["ignore", "ignore", "pipe"],
      serviceName: "headrace-sql",
    });
    this.#hosts.set(id, host);
    let complaint = "";
    host.stderr?.on("data", (data: unknown) => (complaint = (complaint + String(data)).slice(-2000)));
    host.once("spawn", () => {
      const { port1, port2 } = new this.#electron.MessageChannelMain();
      host.postMessage(null, [port1]);
      this.#answer({ type: "host.port", id, pid: host.pid ?? -1 }, port2);
    });
    host.once("exit", (code) => {
      this.#hosts.delete(id);
      this.#answer({ type: "host.exit", id, how: howItEnded(code, complaint) }, null);
    });
    return undefined;
  }

  kill(id: number): void {
    const pid = this.#hosts.get(id)?.pid;
    if (pid !== undefined) this.#endProcess(pid);
  }

  /** The engine is gone: nobody would answer its hosts any more. */
  endAll(): void {
    for (const id of this.#hosts.keys()) this.kill(id);
    this.#hosts.clear();
  }
}

const howItEnded = (code: number, complaint: string): string => {
  const line = /^\[?(\w*Error\b[^\n]*?)\]?(?: \{)?$/m.exec(complaint)?.[1];
  return [`exit code ${code}`, ...(line === undefined ? [] : [line])].join(": ");
};
