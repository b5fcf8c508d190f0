import { type EngineOptions, isTrusted } from "../engine/index.ts";
import { ProjectError } from "../../shared/errors/index.ts";
import { rememberProject } from "./start/recent-projects.ts";
import { ProjectSession } from "./project/project-session.ts";

/** What every window of one process shares: open projects and how their engines are made. */
export interface StudioOptions extends Pick<
  EngineOptions,
  "spawnHost" | "executors" | "environment" | "profile" | "secret"
> {
  /** Absolute folder of what belongs to the person rather than to a project. */
  readonly dataDir: string;
  /** Hears how many runs are under way in all projects, whenever that changes. */
  readonly onRuns?: ((running: number) => void) | undefined;
}

/** The projects that windows have open; one is closed when its last window leaves it. */
export class OpenProjects implements AsyncDisposable {
  readonly #options: StudioOptions;
  readonly dataDir: string;
  readonly #open = new Map<string, { readonly session: ProjectSession; windows: number }>();

  constructor(options: StudioOptions) {
    this.#options = options;
    this.dataDir = options.dataDir;
  }

  acquire(root: string): ProjectSession {
    const known = this.#open.get(root);
    if (known !== undefined) {
      known.windows++;
      return known.session;
    }
    const trusted = isTrusted(this.dataDir, root);
    const session = new ProjectSession({ ...this.#options, root, trusted, onRuns: () => this.#tellRuns() });
    this.#open.set(root, { session, windows: 1 });
    return session;
  }

  #tellRuns(): void {
    const running = [...this.#open.values()].map(({ session }) => session.runs.running);
    this.#options.onRuns?.(running.reduce((sum, count) => sum + count, 0));
  }

  /** A project with a run under way stays open: closing a tab does not cancel what it started. */
  async release(session: ProjectSession): Promise<void> {
    const entry = this.#open.get(session.root);
    if (entry === undefined) return;
    entry.windows--;
    await session.runs.idle();
    if (entry.windows > 0 || this.#open.get(session.root) !== entry) return;
    this.#open.delete(session.root);
    await session[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const sessions = [...this.#open.values()].map(({ session }) => session);
    this.#open.clear();
    await Promise.all(sessions.map((session) => session[Symbol.asyncDispose]()));
  }
}

/** One window: what every handler is given. */
export class StudioWindow implements AsyncDisposable {
  readonly #projects: OpenProjects;
  #session: ProjectSession | null = null;

  constructor(projects: OpenProjects) {
    this.#projects = projects;
  }

  get dataDir(): string {
    return this.#projects.dataDir;
  }

  get hasProject(): boolean {
    return this.#session !== null;
  }

  /** This window's project. Throws `project_not_open`. */
  get session(): ProjectSession {
    if (this.#session === null) throw new ProjectError("project_not_open");
    return this.#session;
  }

  /** Throws `project_untrusted` for a project that nothing may be run of yet. */
  refuseUntrusted(): void {
    if (this.#session === null || this.#session.isTrusted) return;
    throw new ProjectError("project_untrusted", { params: { folder: this.#session.root } });
  }

  /** Opens a project in this window in place of the one it had. */
  open(root: string): ProjectSession {
    const before = this.#session;
    this.#session = this.#projects.acquire(root);
    // A list that cannot be written is shorter the next time, no more.
    rememberProject(this.dataDir, root, null).catch(() => undefined);
    if (before !== null) void this.#projects.release(before);
    return this.#session;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const before = this.#session;
    this.#session = null;
    if (before !== null) await this.#projects.release(before);
  }
}
