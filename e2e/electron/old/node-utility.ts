import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter } from "node:events";
import { env } from "node:process";

import type { ForkOptions } from "electron";

import { pack, unpack } from "./codec.cjs";
import type { PlainPort } from "./plain-port.ts";

/** What travels between here and utility-child.cjs: a message with the numbers of its ports, or one port's traffic. */
interface Parcel {
  readonly message?: unknown;
  readonly ports?: readonly number[];
  readonly port?: number;
  readonly data?: unknown;
  readonly closed?: boolean;
}

/** `utilityProcess` on the checkout's Node: the older Electron's own Node cannot run the engine. Ports are relayed. */
export class NodeUtility extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, PlainPort>();
  #lastPort = 0;

  constructor(path: string, args: string[], { env: environment, stdio }: ForkOptions) {
    super();
    this.#child = fork(path, args, {
      execPath: env["HEADRACE_TEST_NODE"],
      execArgv: ["--require", env["HEADRACE_TEST_CHILD"] ?? ""],
      env: environment as NodeJS.ProcessEnv,
      stdio: [...((stdio ?? ["ignore", "inherit", "inherit"]) as ("pipe" | "ignore" | "inherit")[]), "ipc"],
    });
    this.#child.once("spawn", () => this.emit("spawn"));
    this.#child.once("error", () => this.emit("exit", 1));
    this.#child.on("message", (parcel) => this.#receive(unpack(parcel) as Parcel));
    this.#child.once("close", (code) => {
      for (const port of this.#ports.values()) port.close();
      this.emit("exit", code ?? 137);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }
  get stdout(): NodeJS.ReadableStream | null {
    return this.#child.stdout;
  }
  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr;
  }

  postMessage(message: unknown, ports: readonly PlainPort[] = []): void {
    this.#send({ message, ports: ports.map((port) => this.#relay(port)) });
  }

  #relay(port: PlainPort): number {
    const number = ++this.#lastPort;
    this.#ports.set(number, port);
    port.on("message", ({ data }: { data: unknown }) => this.#send({ port: number, data }));
    port.on("close", () => this.#send({ port: number, closed: true }));
    port.start();
    return number;
  }

  #send(parcel: Parcel): void {
    if (this.#child.connected) this.#child.send(pack(parcel) as object, () => undefined);
  }

  #receive({ message, port: number, data, closed }: Parcel): void {
    if (number === undefined) return void this.emit("message", message);
    const port = this.#ports.get(number);
    if (closed === true) return port?.close();
    return port?.postMessage(data);
  }
}
