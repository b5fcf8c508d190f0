import { createHash } from "node:crypto";
import { basename, join } from "node:path";

import type { ProblemView, ProjectChange, ProjectView } from "../../../shared/api/index.ts";
import { toErrorData } from "../../../shared/errors/index.ts";
import { createEngine, type Engine, type EngineOptions, stampOf, stateRoom } from "../../engine/index.ts";
import { Broadcast } from "../async-queue.ts";
import { coalesced } from "../coalesce.ts";
import { EditDesk } from "../edit/edit-desk.ts";
import { ExportDesk } from "../tables/export-desk.ts";
import { UploadDesk } from "../uploads/upload-desk.ts";
import { RunBoard } from "../runs/run-board.ts";
import { gitStatus } from "./git-status.ts";
import { LastShapes, type ShapedProject } from "./last-shapes.ts";
import { projectDifference } from "./project-difference.ts";
import { projectParts, type ProjectParts } from "./project-view.ts";
import { SchemaWatch } from "./schema-watch.ts";
import { watchFiles } from "./watch-files.ts";

export interface ProjectSessionOptions extends EngineOptions {
  /** Whether the person trusts the folder; until then nothing of it is run. */
  readonly trusted: boolean;
  readonly dataDir: string;
  /** Hears of each run that starts or ends. */
  readonly onRuns: () => void;
}

const stateFile = "target/run_state.json";

/** A project's own folder in the person's data: by name for people, by path for the rest. */
const projectDataDir = ({ dataDir, root }: ProjectSessionOptions): string => {
  const key = createHash("sha256").update(root).digest("hex").slice(0, 16);
  return join(dataDir, "studio", "projects", `${basename(root).replaceAll(/[^\w.-]/g, "_")}-${key}`);
};

/** An open project: its engine, what its windows were told last, and its runs. Shared by every window on it. */
export class ProjectSession implements AsyncDisposable {
  readonly root: string;
  readonly engine: Engine;
  readonly runs: RunBoard;
  readonly uploads: UploadDesk;
  readonly exports: ExportDesk;
  /** What windows remember of this project: settings, the journal of edits. */
  readonly dataDir: string;
  readonly #changes = new Broadcast<ProjectChange>();
  readonly #resources = new AsyncDisposableStack();
  readonly #schemas: SchemaWatch;
  readonly #shapes = new LastShapes();
  #isTrusted: boolean;
  #parts: ProjectParts | null = null;
  #prepared: Promise<void> | null = null;
  #revision = 0;
  /** The stamp of the runs' state when it was read last. */
  #seenState: string | null = null;
  #desk: EditDesk | null = null;
  readonly #edited = new Set<string>();
  readonly #lookAgain = coalesced(() => this.#look());

  constructor(options: ProjectSessionOptions) {
    this.root = options.root;
    this.dataDir = projectDataDir(options);
    this.#isTrusted = options.trusted;
    const arriving = (upload: string): ReturnType<UploadDesk["look"]> => this.uploads.look(upload);
    this.engine = this.#resources.use(createEngine({ ...options, isTrusted: () => this.#isTrusted, arriving }));
    this.#schemas = this.#resources.use(new SchemaWatch(this.engine, () => void this.#refreshQuietly([])));
    this.runs = this.#resources.use(new RunBoard(this.engine, () => this.#refreshQuietly([]), options.onRuns));
    this.exports = this.#resources.use(new ExportDesk());
    this.uploads = this.#resources.use(new UploadDesk(this.root));
    this.#resources.use(watchFiles(this.root, (files) => void this.#refreshAfter(files)));
  }

  /** Begins to read the project; the first `view` has it then. What changes meanwhile is watched. */
  prepare(): void {
    this.#prepared ??= this.refresh([]);
    // What cannot be read is tried again for whoever asks for it.
    this.#prepared.catch(() => undefined);
  }

  /** The project as its files are now. */
  async view(): Promise<ProjectView> {
    const prepared = this.#prepared;
    this.#prepared = null;
    await (prepared?.catch(() => this.refresh([])) ?? this.refresh([]));
    return { revision: this.#revision, ...this.#known() };
  }

  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** From now on the project may be run, or may not be any more; what its files mean is looked at again. */
  trust(trusted: boolean): void {
    this.#isTrusted = trusted;
    const before = this.#parts;
    // Windows hear of it at once; what Python means that had to be imported follows.
    if (before !== null) this.#show({ ...before, info: { ...before.info, trusted } }, []);
    void this.#refreshQuietly([]);
  }

  /** The project as its files are now; what broke since it was opened goes by the ids that it had. */
  async project(): Promise<ShapedProject> {
    return this.#shapes.of(await this.engine.project());
  }

  /** Where edits of the project's files are made; opened, and brought up to date after a kill, when first needed. */
  async edits(): Promise<EditDesk> {
    this.#desk ??= this.#resources.use(
      new EditDesk(this.root, join(this.dataDir, "edits.log"), (files) => void this.#refreshQuietly(files)),
    );
    return this.#desk;
  }

  /** Changes after `revision`; a window that missed some gets everything at once. */
  async *changes(revision: number, signal: AbortSignal): AsyncGenerator<ProjectChange, void> {
    const missed = this.#parts !== null && revision !== this.#revision ? [this.#whole()] : [];
    for await (const batch of this.#changes.listen(signal, missed)) yield* batch;
  }

  /** Looks at the files again and tells the windows what is different. Throws when the project cannot be read at all. */
  refresh(files: readonly string[]): Promise<void> {
    for (const file of files) this.#edited.add(file);
    return this.#lookAgain();
  }

  /** As `refresh`, for what nobody waits for: a project that cannot be read is shown as a problem. */
  async #refreshQuietly(files: readonly string[]): Promise<void> {
    try {
      await this.refresh(files);
    } catch (error) {
      const before = this.#parts;
      if (before !== null) this.#show({ ...before, problems: [unreadableProject(error)] }, []);
    }
  }

  /** What our own runs keep in the state, windows hear from the runs themselves, and once more at their end. */
  async #refreshAfter(files: readonly string[]): Promise<void> {
    const isState = files.length > 0 && files.every((file) => file === stateFile);
    if (isState && (this.runs.isRunning || stampOf(join(this.root, stateFile)) === this.#seenState)) return;
    await this.#refreshQuietly(files);
  }

  async #look(): Promise<void> {
    this.#seenState = stampOf(join(this.root, stateFile));
    const files = [...this.#edited].filter((file) => !file.startsWith("target"));
    this.#edited.clear();
    const { loadState } = await stateRoom();
    const [project, git] = await Promise.all([this.project(), this.#git()]);
    const schemas = await this.#schemas.look();
    this.#show(
      projectParts(project, loadState(join(this.root, "target")), { git, schemas, trusted: this.#isTrusted }),
      files,
    );
  }

  /** A repository's own settings can name programs that git starts: not before the project is trusted. */
  #git(): ReturnType<typeof gitStatus> {
    return this.#isTrusted ? gitStatus(this.root) : Promise.resolve(null);
  }

  #show(after: ProjectParts, files: readonly string[]): void {
    const before = this.#parts;
    this.#parts = after;
    if (before === null) {
      this.#revision = 1;
      return;
    }
    const change = projectDifference(before, after, files);
    if (change !== null) this.#changes.send({ revision: ++this.#revision, ...change });
  }

  #known(): ProjectParts {
    if (this.#parts === null) throw new Error("the project was looked at and still is not known");
    return this.#parts;
  }

  #whole(): ProjectChange {
    const { info, nodes, broken, problems } = this.#known();
    return { revision: this.#revision, isWhole: true, info, nodes, removed: [], broken, problems, files: [] };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync();
  }
}

const unreadableProject = (error: unknown): ProblemView => {
  const { params, ...data } = toErrorData(error);
  const copied = Object.entries(params).map(([key, value]) => [key, typeof value === "object" ? [...value] : value]);
  return { ...data, params: Object.fromEntries(copied) as ProblemView["params"], severity: "error" };
};
