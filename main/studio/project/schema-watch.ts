import type { Engine, SchemaReport } from "../../engine/index.ts";

const nothing: SchemaReport = { nodes: new Map(), problems: [] };
const patienceMilliseconds = 250;

const isSame = (before: SchemaReport, after: SchemaReport): boolean =>
  JSON.stringify(before.problems) === JSON.stringify(after.problems);

/**
 * What the nodes' schemas say of a project, for its cards and problems. Most looks cost a few milliseconds; the first
 * one starts a process and reads every statement, and nobody should wait for that to see the graph.
 */
export class SchemaWatch implements Disposable {
  readonly #engine: Engine;
  readonly #late: () => void;
  readonly #controller = new AbortController();
  #last = nothing;

  /** `late` is called when a look that nobody waited for any longer has found something else. */
  constructor(engine: Engine, late: () => void) {
    this.#engine = engine;
    this.#late = late;
  }

  /** The report for the project as it is now, or the last one when that takes too long. */
  async look(): Promise<SchemaReport> {
    const before = this.#last;
    const patience = before === nothing ? 0 : patienceMilliseconds;
    let isWaiting = true;
    const looking = this.#look().then((report) => {
      this.#last = report;
      if (!isWaiting && !this.#controller.signal.aborted && !isSame(before, report)) this.#late();
      return report;
    });
    let timer: NodeJS.Timeout | undefined;
    const giveUp = new Promise<SchemaReport>((resolve) => {
      timer = setTimeout(() => resolve(before), patience);
    });
    const found = await Promise.race([looking, giveUp]);
    clearTimeout(timer);
    isWaiting = false;
    return found;
  }

  /** A host that is lost costs what it would have found, no more. */
  async #look(): Promise<SchemaReport> {
    try {
      return await this.#engine.schemas(this.#controller.signal);
    } catch {
      return this.#last;
    }
  }

  [Symbol.dispose](): void {
    this.#controller.abort();
  }
}
