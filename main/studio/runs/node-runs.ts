import type { NodeRunView } from "../../../shared/api/index.ts";
import type { RunEvent } from "../../../shared/run/index.ts";
import type { ProjectSession } from "../project/project-session.ts";

type Told = ReadonlyMap<string, Omit<NodeRunView, "runId">>;

/** What each finished run says of its nodes: journals do not change any more, and some are long. */
const known = new WeakMap<ProjectSession, Map<string, Told>>();

/** What became of a node in the last runs, newest first; runs that left it out are left out. */
export const nodeRuns = async (session: ProjectSession, node: string, limit: number): Promise<NodeRunView[]> => {
  const runs = known.get(session) ?? new Map<string, Told>();
  known.set(session, runs);
  const found: NodeRunView[] = [];
  for (const { summary, complete } of await session.engine.history(mostRuns)) {
    const { runId } = summary;
    const told = runs.get(runId) ?? tell(await session.engine.events(runId));
    if (complete) runs.set(runId, told);
    const own = told.get(node);
    if (own !== undefined) found.push({ runId, ...own });
    if (found.length >= limit) break;
  }
  return found;
};

/** How far back is looked. */
const mostRuns = 200;

const tell = (events: readonly RunEvent[]): Told => {
  const why = new Map<string, readonly string[]>();
  const told = new Map<string, Omit<NodeRunView, "runId">>();
  for (const event of events) {
    if (event.type === "planned") {
      for (const { node, reasons } of event.plan.steps)
        why.set(
          node,
          reasons.map(({ text }) => text),
        );
    }
    if (event.type !== "finished") continue;
    const { status, row_count: rows, duration_seconds: seconds, error_message: error } = event.result;
    told.set(event.node, { time: event.time, status, rows, seconds, why: [...(why.get(event.node) ?? [])], error });
  }
  return told;
};
