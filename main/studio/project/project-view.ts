import type {
  BrokenView,
  LastRunView,
  NodeView,
  ProblemView,
  ProjectInfo,
  ProjectView,
} from "../../../shared/api/index.ts";
import type { PipelineNode } from "../../../shared/graph/index.ts";
import type { NodeRecord, Problem, RunState, SchemaReport } from "../../engine/index.ts";
import type { KeptNode, ShapedProject } from "./last-shapes.ts";
import { problemView } from "./problem-view.ts";
import { summaryLine } from "./summary-line.ts";

/** The parts of a view that are compared from one revision to the next. */
export type ProjectParts = Omit<ProjectView, "revision">;

/** A card has room for a few; the run's result keeps all. */
const shownWarnings = 3;

const lastRun = (record: NodeRecord | undefined): LastRunView | null =>
  record === undefined
    ? null
    : {
        runId: record.run_id,
        status: record.status,
        time: record.last_run,
        rows: record.row_count,
        seconds: record.duration_ms / 1000,
        warnings: record.metadata.warnings.slice(0, shownWarnings),
        hasOutput: record.output !== null,
      };

const nodeView = (node: PipelineNode, record: NodeRecord | undefined, problem: ProblemView | null): NodeView => ({
  id: node.id,
  kind: node.kind,
  name: node.name,
  language: node.body?.language ?? "none",
  summary: summaryLine(node),
  description: node.config.description ?? null,
  tags: [...node.config.tags],
  inputs: [...node.inputs],
  enabled: node.config.enabled,
  pinned: node.config.pinned === true,
  targets: node.config.materializations
    .filter(({ enabled }) => enabled)
    .map(({ type, connection, table, path }) => `${connection ?? type}: ${table ?? path ?? node.name}`),
  file: node.location.file,
  line: node.location.line,
  columnCount: record === undefined || record.output === null ? null : record.metadata.columns.length,
  lastRun: lastRun(record),
  problem,
  isBroken: false,
});

const asDrawn = (node: PipelineNode, { wires }: ShapedProject): PipelineNode => {
  const inputs = wires.get(node.id);
  return inputs === undefined ? node : { ...node, inputs };
};

/** As it was when it could be read last. */
const keptView = ({ node, problem }: KeptNode, record: NodeRecord | undefined): NodeView => ({
  ...nodeView(node, record, problemView(problem)),
  isBroken: true,
});

/** One that has the id of a node that did load (a second definition of it) goes by its place. */
const brokenView = (broken: ShapedProject["broken"][number], project: ShapedProject): BrokenView => {
  const line = broken.problem.location?.line ?? 1;
  const isFree = broken.id !== null && !project.nodes.has(broken.id);
  const id = isFree && broken.id !== null ? broken.id : `broken:${broken.file}:${line}`;
  return { id, file: broken.file, line, problem: problemView(broken.problem) };
};

/** The worst problem of each node. */
const problemsByNode = (found: readonly Problem[]): ReadonlyMap<string, ProblemView> => {
  const worst = new Map<string, ProblemView>();
  for (const problem of found) {
    if (problem.node === null) continue;
    const known = worst.get(problem.node);
    if (known === undefined || (known.severity === "warning" && problem.severity === "error")) {
      worst.set(problem.node, problemView(problem));
    }
  }
  return worst;
};

interface Surroundings {
  readonly git: ProjectInfo["git"];
  /** What its SQL says of its columns. */
  readonly schemas: SchemaReport;
  readonly trusted: boolean;
}

/** The project as a window draws it. */
export const projectParts = (
  project: ShapedProject,
  state: RunState,
  { git, schemas, trusted }: Surroundings,
): ProjectParts => {
  const isThere = ({ node }: Problem): boolean => node !== null && project.nodes.has(node);
  const found = [...project.problems, ...schemas.problems.filter(isThere)];
  const problems = problemsByNode(found);
  return {
    info: {
      root: project.root,
      name: project.settings.name,
      trusted,
      description: project.settings.description,
      connections: [...project.connections],
      git,
    },
    nodes: [
      ...[...project.nodes.values()].map((node) =>
        nodeView(asDrawn(node, project), state.nodes[node.id], problems.get(node.id) ?? null),
      ),
      ...[...project.kept.values()].map((kept) => keptView(kept, state.nodes[kept.node.id])),
    ],
    broken: project.broken
      .filter(({ id }) => id === null || !project.kept.has(id))
      .map((broken) => brokenView(broken, project)),
    problems: found.map(problemView),
  };
};
