import { ProjectError, toErrorData } from "../../../shared/errors/index.ts";
import type { NodeId, PipelineNode } from "../../../shared/graph/index.ts";
import type { Problem, Project } from "../../engine/index.ts";

type Broken = Project["broken"][number];

/** A node as it was before its file could no longer be read as one. */
export interface KeptNode {
  readonly node: PipelineNode;
  readonly problem: Problem;
}

/**
 * A project in which what broke still goes by the ids that it had: in `broken`, in `problems` and for its readers.
 * Its `nodes` are those that can be read now: nothing that is kept is ever run or written.
 */
export interface ShapedProject extends Project {
  readonly kept: ReadonlyMap<NodeId, KeptNode>;
  /** What nodes that can be read are drawn to read, where that is more than what there is: it is broken, not gone. */
  readonly wires: ReadonlyMap<NodeId, readonly NodeId[]>;
}

/**
 * Remembers what each node was when its file could last be read. A file that is broken for a moment, by somebody who
 * types in it or by a merge, then takes neither its cards nor their wires off the canvas.
 */
export class LastShapes {
  readonly #good = new Map<NodeId, PipelineNode>();
  readonly #seen = new WeakMap<Project, ShapedProject>();
  /** Errors of each file that stood for no node when the project was seen last. */
  #placeholders: ReadonlyMap<string, readonly string[]> = new Map();

  /** The project with what is kept; projects have to be shown in the order in which they were loaded. */
  of(project: Project): ShapedProject {
    const known = this.#seen.get(project);
    if (known !== undefined) return known;
    const kept = this.#claim(project);
    const named = kept.size === 0 ? project : withKept(project, kept);
    const wires = this.#wires(named, kept);
    for (const id of this.#good.keys()) if (!kept.has(id)) this.#good.delete(id);
    for (const [id, node] of project.nodes) this.#good.set(id, { ...node, inputs: wires.get(id) ?? node.inputs });
    const shaped = { ...named, kept, wires };
    const placeholders = shaped.broken.filter(({ id }) => id === null || !kept.has(id));
    this.#placeholders = codesByFile(placeholders);
    this.#seen.set(project, shaped);
    return shaped;
  }

  /** For each node that is gone: the error that took its place, if one did. */
  #claim(project: Project): ReadonlyMap<NodeId, KeptNode> {
    const kept = new Map<NodeId, KeptNode>();
    const errors = project.broken.filter(({ problem }) => problem.severity === "error");
    if (errors.length === 0) return kept;
    const gone = [...this.#good.values()].filter(({ id }) => !project.nodes.has(id));
    const byId = new Map(errors.map((broken) => [broken.id, broken]));
    for (const node of gone) {
      const own = byId.get(node.id);
      if (own !== undefined) kept.set(node.id, { node, problem: own.problem });
    }
    const others = errors.filter(({ id }) => id === null || (!kept.has(id) && !project.nodes.has(id)));
    for (const [file, inFile] of Map.groupBy(others, (broken) => broken.file)) {
      if (!this.#isNew(file, inFile)) continue;
      for (const node of gone) {
        if (kept.has(node.id) || node.location.file !== file) continue;
        kept.set(node.id, { node, problem: nearest(inFile, node.location.line).problem });
      }
    }
    return kept;
  }

  /** The inputs of those that read what broke: as they were, and what is new among them. */
  #wires({ nodes, problems }: Project, kept: ShapedProject["kept"]): ShapedProject["wires"] {
    const wires = new Map<NodeId, readonly NodeId[]>();
    for (const { code, node: id, params } of problems) {
      const node = code === "input_broken" && id !== null ? nodes.get(id) : undefined;
      const input = String(params["input"]);
      if (node === undefined || !kept.has(input)) continue;
      const now = wires.get(node.id) ?? node.inputs;
      const before = this.#good.get(node.id)?.inputs ?? [];
      const old = before.filter((other) => other === input || now.includes(other));
      wires.set(node.id, [...new Set([...old, ...now, input])]);
    }
    return wires;
  }

  /** Where a file is broken as it was before, what is missing from it was taken out. */
  #isNew(file: string, errors: readonly Broken[]): boolean {
    const before = this.#placeholders.get(file) ?? [];
    return errors.length > before.length || errors.some(({ problem }) => !before.includes(problem.code));
  }
}

const lineOf = ({ file, problem: { location } }: Broken): number => (location?.file === file ? location.line : 1);

const nearest = (errors: readonly Broken[], line: number): Broken =>
  errors.reduce((best, other) => (Math.abs(lineOf(other) - line) < Math.abs(lineOf(best) - line) ? other : best));

const codesByFile = (broken: readonly Broken[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(broken, ({ file }) => file)].map(([file, list]) => [file, list.map((one) => one.problem.code)]),
  );

const withKept = (project: Project, kept: ReadonlyMap<NodeId, KeptNode>): Project => {
  const byProblem = Map.groupBy(kept, ([, { problem }]) => problem);
  const broken = project.broken.flatMap((entry): readonly Broken[] => {
    const nodes = byProblem.get(entry.problem);
    return nodes === undefined ? [entry] : nodes.map(([id]) => ({ ...entry, id }));
  });
  // The same error is told in the list of problems, by a copy where it was loaded from the manifest.
  const nodeOf = new Map([...kept].map(([id, { problem }]) => [placeOf(problem), id]));
  const problems = project.problems.map((problem): Problem => {
    if (problem.code === "input_unknown" && kept.has(String(problem.params["input"]))) return inputBroken(problem);
    return problem.node === null ? { ...problem, node: nodeOf.get(placeOf(problem)) ?? null } : problem;
  });
  return { ...project, broken, problems };
};

const placeOf = ({ code, location }: Problem): string =>
  `${code} ${location?.file ?? ""}:${location?.line ?? 0}:${location?.column ?? 0}`;

/** Its input does exist; it cannot be read. */
const inputBroken = ({ node, location, params, severity }: Problem): Problem => {
  const error = new ProjectError("input_broken", { node: node ?? undefined, location: location ?? undefined, params });
  const { class: _class, ...data } = toErrorData(error);
  return { ...data, severity };
};
