import type {
  BrokenView,
  NodeView,
  ProjectChange,
  ProjectView,
  StudioClient,
  Subscription,
} from "../../shared/api/index.ts";
import { toHeadraceError } from "../../shared/errors/index.ts";
import { showItems } from "../canvas/items/note-actions.ts";
import { layeredLayout } from "../canvas/layered-layout.ts";
import { readWhenWritten } from "../canvas/write-canvas.ts";
import { fitAll, type Viewport, viewport } from "../canvas/viewport.ts";
import { text } from "../text/text.ts";
import { lookForDrafts } from "../editor/draft-store.ts";
import { graph, type Position } from "./graph-store.ts";
import { layoutSpacing } from "./layout-spacing.ts";
import { type Newcomer, placeNewCards } from "./place-new-cards.ts";
import { project } from "./project-store.ts";
import { followLayout, recall } from "./remember.ts";
import { reopen } from "./opened-project.ts";
import { runs } from "./run-store.ts";

const planDelay = 150;

/** Streams of the project that the window follows now. */
const streams: Subscription[] = [];

/**
 * Shows the window's project, or the start page, and keeps it up to date for as long as the client lives. `opened` is
 * the project as the window has just opened it: it need not be asked for again.
 */
export const followProject = async (client: StudioClient, opened: ProjectView | null = null): Promise<void> => {
  for (const stream of streams.splice(0)) stream.cancel();
  try {
    if (opened === null) await reopen(client);
    // One after the other they would be three waits on the way to the first picture; its code comes meanwhile.
    const asked = [
      recall(client),
      opened === null ? client.call("project.get", {}) : Promise.resolve(opened),
      readPositions(client),
    ] as const;
    import("../canvas/flow/flow-layer.tsx").catch(() => undefined);
    show(client, ...(await Promise.all(asked)));
  } catch (thrown) {
    const error = toHeadraceError(thrown);
    if (error.code === "project_not_open") project.setState({ status: "closed", error: null });
    else project.setState({ status: "failed", error });
  }
};

const show = (
  client: StudioClient,
  seen: Viewport | null,
  view: ProjectView,
  placed: ReadonlyMap<string, Position>,
): void => {
  written = new Set(placed.keys());
  graph.load(view, withLayout(view, placed));
  runs.clear();
  project.setState({ status: "open", revision: view.revision, info: view.info, problems: view.problems, error: null });
  document.title = `${view.info.name} · ${text.product}`;
  if (seen === null) fitAll();
  else viewport.setState(seen);
  followLayout();
  lookForDrafts(client, view.info.root).catch(() => undefined);
  const refreshPlan = planReader(client);
  follow(
    client.subscribe("project.changed", { revision: view.revision }, (change) => {
      applyChange(change);
      if (change.files.includes("canvas.yml")) void movePlaced(client);
      refreshPlan();
    }),
  );
  follow(client.subscribe("run.events", {}, (batch) => runs.apply(batch)));
  refreshPlan();
};

/** A stream ends with its host; the connection says so and opens them again. */
const follow = (stream: Subscription): void => {
  stream.done.catch(() => undefined);
  streams.push(stream);
};

const applyChange = (change: ProjectChange): void => {
  const places = placesOfNew(change);
  graph.apply(change.isWhole ? withRemoved(change) : change, (id) => places.get(id) ?? { x: 0, y: 0 });
  project.setState(({ info, problems }) => ({
    revision: change.revision,
    info: change.info ?? info,
    problems: change.problems ?? problems,
  }));
};

/** All nodes at once: those that are not among them are gone. */
const withRemoved = (change: ProjectChange): ProjectChange => {
  const kept = new Set(change.nodes.map(({ id }) => id));
  const gone = [...graph.nodes()].filter(({ type, id }) => type === "node" && !kept.has(id));
  return { ...change, removed: gone.map(({ id }) => id) };
};

/** Positions as canvas.yml has them; a damaged file costs the positions, never the graph. */
const readPositions = async (client: StudioClient): Promise<ReadonlyMap<string, Position>> => {
  try {
    const { positions, groups, notes } = await readWhenWritten(() => client.call("canvas.get", {}));
    project.setState({ canvasError: null });
    showItems({ groups, notes });
    return new Map(Object.entries(positions));
  } catch (thrown) {
    const error = toHeadraceError(thrown);
    if (error.code !== "project_not_open") project.setState({ canvasError: error });
    return new Map();
  }
};

/** Ids whose places canvas.yml had when it was read last. */
let written: ReadonlySet<string> = new Set();

/** Moves cards to where canvas.yml has them now, but for those in the hand; a place that is gone is found anew. */
const movePlaced = async (client: StudioClient): Promise<void> => {
  const placed = await readPositions(client);
  const isLost = [...written].some((id) => !placed.has(id));
  written = new Set(placed.keys());
  const places = isLost ? layoutAround(placed) : placed;
  graph.place(places);
};

const layoutAround = (placed: ReadonlyMap<string, Position>): ReadonlyMap<string, Position> => {
  const nodes: NodeView[] = [];
  const broken: BrokenView[] = [];
  for (const node of graph.nodes()) {
    if (node.type === "node") nodes.push(node.view);
    else broken.push(node.view);
  }
  return withLayout({ nodes, broken }, placed);
};

/** Cards that have no place get one; without any placed at all the whole graph is laid out. */
const withLayout = (
  view: Pick<ProjectView, "nodes" | "broken">,
  placed: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> => {
  const cards = cardsOf(view);
  const newcomers = cards.filter(({ id }) => !placed.has(id));
  if (newcomers.length === 0) return placed;
  const old = new Map(cards.flatMap(({ id }) => (placed.has(id) ? [[id, placed.get(id)!] as const] : [])));
  if (old.size > 0) return new Map([...placed, ...placeNewCards(newcomers, old)]);
  const ids = cards.map(({ id }) => id);
  const index = new Map(ids.map((id, at) => [id, at]));
  const inputs = cards.map((card) => card.inputs.flatMap((id) => index.get(id) ?? []));
  return layeredLayout({ ids, inputs }, layoutSpacing);
};

/** Everything that has a card; what is broken reads nothing that is known. */
const cardsOf = ({ nodes, broken }: Pick<ProjectView, "nodes" | "broken">): readonly Newcomer[] => [
  ...nodes.map(({ id, inputs }) => ({ id, inputs })),
  ...broken.map(({ id }) => ({ id, inputs: [] })),
];

/** Where cards go that another program added. */
const placesOfNew = ({ nodes, broken }: ProjectChange): ReadonlyMap<string, Position> => {
  const newcomers = cardsOf({ nodes, broken: broken ?? [] }).filter(({ id }) => graph.slotOf(id) < 0);
  if (newcomers.length === 0) return new Map();
  return placeNewCards(newcomers, new Map([...graph.nodes()].map(({ id }) => [id, graph.positionOf(id)!])));
};

const firstRetry = 1000;
const longestRetry = 30_000;

/** Whether nothing is known that would keep a plan from being made. */
const canBePlanned = (): boolean => {
  const { status, info, problems } = project.getState();
  return status === "open" && info?.trusted !== false && !problems.some(({ severity }) => severity === "error");
};

/** Reads the plan soon after the last of many changes, one at a time. */
const planReader = (client: StudioClient): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let reading: AbortController | null = null;
  const after = (milliseconds: number, retry: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void read(retry), milliseconds);
  };
  const read = async (retry: number): Promise<void> => {
    reading?.abort();
    reading = new AbortController();
    try {
      runs.setPlan(await client.call("plan.get", {}, reading.signal));
    } catch (error) {
      // A project with errors has no plan; the problems panel says why.
      const { code } = toHeadraceError(error);
      if (code === "cancelled") return;
      runs.setPlan(null);
      // What was asked too early, such as before the engine knows that the project is trusted, is asked again.
      if (code !== "host_gone" && canBePlanned()) after(retry, Math.min(2 * retry, longestRetry));
    }
  };
  return () => after(planDelay, firstRetry);
};
