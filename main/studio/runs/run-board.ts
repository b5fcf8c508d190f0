import type { RunEvents, runOptionsSchema } from "../../../shared/api/index.ts";
import { BugError, ProjectError } from "../../../shared/errors/index.ts";
import type { RunEvent } from "../../../shared/run/index.ts";
import type { z } from "zod";
import type { Engine, RunOptions } from "../../engine/index.ts";
import { Broadcast } from "../async-queue.ts";

type RunChoice = z.output<typeof runOptionsSchema>;

interface LiveRun {
  readonly controller: AbortController;
  readonly told: ToldEvents;
  /** The engine is done with it: another run may start. */
  readonly left: Promise<void>;
  /** The windows know its results too. */
  readonly ended: Promise<void>;
}

/** What a window that comes later is told: every event, of a node's progress the last alone. */
class ToldEvents {
  readonly #events: RunEvent[] = [];
  readonly #progress = new Map<string, RunEvent>();

  get isOver(): boolean {
    return this.#events.at(-1)?.type === "run_finished";
  }

  add(event: RunEvent): void {
    if (event.type === "progress") this.#progress.set(event.node, event);
    else this.#events.push(event);
    if (event.type === "started" || event.type === "finished") this.#progress.delete(event.node);
  }

  all(): readonly RunEvent[] {
    return [...this.#events, ...this.#progress.values()];
  }
}

/** The options of the engine that a window's choice stands for. */
export const engineOptions = ({ date, start, end, ...choice }: RunChoice): RunOptions => ({
  ...choice,
  interval: {
    ...(date === null ? {} : { date }),
    ...(start === null ? {} : { start }),
    ...(end === null ? {} : { end }),
  },
  runId: null,
  verbose: false,
});

/** The runs that were started from windows of this project: starts, stops and shows them to every window. */
export class RunBoard implements AsyncDisposable {
  readonly #engine: Engine;
  readonly #finished: () => Promise<void>;
  readonly #changed: () => void;
  readonly #live = new Map<string, LiveRun>();
  readonly #broadcast = new Broadcast<RunEvents>();

  /** `changed` hears of each run that starts or ends. */
  constructor(engine: Engine, finished: () => Promise<void>, changed: () => void) {
    this.#engine = engine;
    this.#finished = finished;
    this.#changed = changed;
  }

  get isRunning(): boolean {
    return this.#live.size > 0;
  }

  /** Runs under way. */
  get running(): number {
    return this.#live.size;
  }

  /** Resolves with the run's id once it is planned; throws what kept it from starting. */
  async start(choice: RunChoice): Promise<string> {
    // A run that has told its end still holds the project's lock for a moment.
    const ending = [...this.#live.values()].filter(({ told }) => told.isOver);
    await Promise.all(ending.map(({ left }) => left));
    return this.#begin(choice);
  }

  #begin(choice: RunChoice): Promise<string> {
    return new Promise((resolve, reject) => {
      const controller = new AbortController();
      const told = new ToldEvents();
      let id: string | null = null;
      const note = (event: RunEvent): void => {
        told.add(event);
        if (event.type === "planned" && id === null) {
          id = event.runId;
          this.#live.set(id, { controller, told, left, ended });
          this.#changed();
          this.#broadcast.send({ runId: id, events: told.all() });
          resolve(id);
        } else if (id !== null) this.#broadcast.send({ runId: id, events: [event] });
      };
      const run = async (): Promise<void> => {
        try {
          await this.#engine.run(engineOptions(choice), controller.signal, note);
          if (id === null) throw new BugError("a run ended without a plan");
        } catch (thrown) {
          reject(thrown);
        } finally {
          if (id !== null && this.#live.delete(id)) this.#changed();
        }
      };
      const left = run();
      const ended = left.then(() => this.#finished());
    });
  }

  /** Tells a run to stop. Throws `run_not_found` when it is not one of those under way. */
  cancel(runId: string): void {
    const run = this.#live.get(runId);
    if (run === undefined) throw new ProjectError("run_not_found", { params: { run: runId } });
    run.controller.abort();
  }

  /** Every run's events from now on, beginning with all there are of those under way. */
  async *events(signal: AbortSignal): AsyncGenerator<RunEvents, void> {
    const soFar = [...this.#live].map(([runId, { told }]) => ({ runId, events: told.all() }));
    for await (const batch of this.#broadcast.listen(signal, soFar, gatherMilliseconds)) yield* mergedByRun(batch);
  }

  /** Resolves when no run is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#live.values()].map(({ ended }) => ended));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { controller } of this.#live.values()) controller.abort();
    await this.idle();
  }
}

/** Windows draw about that often: what happens meanwhile comes as one message. */
const gatherMilliseconds = 16;

/** One message a run instead of one an event: a thousand cached nodes are one message. */
const mergedByRun = (batch: readonly RunEvents[]): readonly RunEvents[] => {
  const runs = new Map<string, RunEvent[]>();
  for (const { runId, events } of batch) {
    const merged = runs.get(runId) ?? [];
    runs.set(runId, merged);
    merged.push(...events);
  }
  return [...runs].map(([runId, events]) => ({ runId, events }));
};
