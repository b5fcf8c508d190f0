import { join } from "node:path";

import { type FromEngine, fromEngineSchema, type RecentProject, type ToEngine } from "../../../shared/desktop/index.ts";
import type { ElectronApi, ShellPort, ShellUtility } from "../electron-api.ts";
import { endProcess, type EndProcess } from "../system/end-process.ts";
import type { Log } from "../system/log-file.ts";
import { HostDesk } from "./host-desk.ts";

export interface SupervisorOptions {
  readonly electron: Pick<ElectronApi, "MessageChannelMain" | "utilityProcess">;
  /** Holds the built entries of the engine and its hosts. */
  readonly folder: string;
  readonly log: Log;
  readonly secret: (name: string) => Promise<string | null>;
  readonly onRuns: (running: number) => void;
  readonly onRecent: (projects: readonly RecentProject[]) => void;
  readonly onRefused: (message: string, next: string) => void;
  /** This runtime cannot run an engine at all. */
  readonly onUnusable: (detail: string) => void;
  /** It died too often to be started again unasked; `start` does. */
  readonly onTrouble: (how: string) => void;
  readonly endProcess?: EndProcess;
  readonly now?: () => number;
}

interface Waiting {
  readonly message: ToEngine;
  readonly port: ShellPort | null;
}

const tooOften = { deaths: 3, milliseconds: 60_000 } as const;
/** How long an engine may take to cancel its runs. */
const endGrace = 8000;

/** Owns the engine's process: starts it, hands out its ports, starts it again when it dies, ends it. */
export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  readonly #hosts: HostDesk;
  readonly #endProcess: EndProcess;
  #process: ShellUtility | null = null;
  /** What was said to an engine that is still starting. */
  #waiting: Waiting[] = [];
  #isSpawned = false;
  #isEnding = false;
  #isUnusable = false;
  #deaths: number[] = [];
  #whenGone: (() => void)[] = [];
  running = 0;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#endProcess = options.endProcess ?? endProcess;
    const { electron, folder } = options;
    this.#hosts = new HostDesk(electron, folder, (message, port) => this.#send(message, port), this.#endProcess);
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  start(): void {
    if (this.#process !== null || this.#isEnding || this.#isUnusable) return;
    const { electron, folder, log } = this.#options;
    const engine = electron.utilityProcess.fork(join(folder, "engine-process.cjs"), [], {
      stdio: ["ignore", "pipe", "pipe"],
      serviceName: "headrace-engine",
    });
    this.#process = engine;
    this.#isSpawned = false;
    for (const stream of [engine.stdout, engine.stderr]) {
      stream?.on("data", (data: unknown) => log.write("engine", String(data)));
    }
    engine.once("spawn", () => {
      this.#isSpawned = true;
      for (const { message, port } of this.#waiting.splice(0)) this.#send(message, port);
    });
    engine.on("message", (message: unknown) => this.#receive(message));
    engine.once("exit", (code) => this.#exited(code));
  }

  /** A new line to the engine; the far end of the port that is returned is the engine's. */
  connect(folder: string | null): ShellPort {
    const { port1, port2 } = new this.#options.electron.MessageChannelMain();
    this.start();
    this.#send({ type: "window", folder }, port1);
    return port2;
  }

  /** Has a project read while its window is on its way. */
  prepare(folder: string): void {
    this.#send({ type: "prepare", folder }, null);
  }

  /** Asks for the list of recent projects; it comes to `onRecent`. */
  askRecent(): void {
    this.#send({ type: "recent" }, null);
  }

  /** Cancels runs and ends the engine and its hosts; resolves when they are gone. */
  async end(): Promise<void> {
    this.#isEnding = true;
    const engine = this.#process;
    if (engine === null) return;
    const gone = new Promise<void>((resolve) => this.#whenGone.push(resolve));
    this.#send({ type: "end" }, null);
    const timer = setTimeout(() => engine.pid !== undefined && this.#endProcess(engine.pid), endGrace);
    await gone;
    clearTimeout(timer);
  }

  #send(message: ToEngine, port: ShellPort | null): void {
    if (this.#process === null || !this.#isSpawned) {
      this.#waiting.push({ message, port });
      return;
    }
    this.#process.postMessage(message, port === null ? [] : [port]);
  }

  #receive(data: unknown): void {
    const parsed = fromEngineSchema.safeParse(data);
    if (!parsed.success) return this.#options.log.write("engine", `said something strange: ${parsed.error.message}`);
    return this.#act(parsed.data);
  }

  #act(message: FromEngine): void {
    switch (message.type) {
      case "ready":
        return;
      case "unusable":
        this.#isUnusable = true;
        return this.#options.onUnusable(message.detail);
      case "refused":
        return this.#options.onRefused(message.message, message.next);
      case "runs":
        return this.#tellRuns(message.running);
      case "recent":
        return this.#options.onRecent(message.projects);
      case "host.spawn":
        return this.#hosts.spawn(message);
      case "host.kill":
        return this.#hosts.kill(message.id);
      case "secret":
        return void this.#answerSecret(message.id, message.name);
    }
  }

  async #answerSecret(id: number, name: string): Promise<void> {
    const value = await this.#options.secret(name).catch((thrown: unknown) => {
      this.#options.log.write("keychain", String(thrown));
      return null;
    });
    this.#send({ type: "secret", id, value }, null);
  }

  #tellRuns(running: number): void {
    this.running = running;
    this.#options.onRuns(running);
  }

  #exited(code: number): void {
    const { log, onTrouble, now = Date.now } = this.#options;
    this.#process = null;
    this.#hosts.endAll();
    // Ports that were on their way are gone with it: their windows notice and ask again.
    for (const { port } of this.#waiting.splice(0)) port?.close();
    for (const resolve of this.#whenGone.splice(0)) resolve();
    if (this.#isEnding || this.#isUnusable) return;
    log.write("engine", `ended with exit code ${code}`);
    this.#tellRuns(0);
    this.#deaths = [...this.#deaths.filter((time) => now() - time < tooOften.milliseconds), now()];
    if (this.#deaths.length < tooOften.deaths) return this.start();
    this.#deaths = [];
    return onTrouble(`exit code ${code}`);
  }
}
