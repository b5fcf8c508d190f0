// The graph as the window holds it: nodes in numbered slots of typed arrays, edges beside them, a grid over the cards.
// Nothing here knows React; a change wakes only what listens to it.

import type { BrokenView, ProjectChange, ProjectView } from "../../shared/api/index.ts";
import { Channels } from "./channels.ts";
import { boundsOf, cardHeight, cardWidth, type GraphNode, type Position } from "./graph-node.ts";
import { enlarged, ShownPlaces } from "./shown-places.ts";
import { type Rectangle, SpatialGrid } from "./spatial-grid.ts";

export { cardHeight, cardWidth, type GraphNode, nodeName, type Position } from "./graph-node.ts";

/** `structure`: nodes or edges came, went or changed. `positions`: cards moved. `selection`: what is selected. */
export type GraphChannel = "structure" | "positions" | "selection";

export class GraphStore {
  /** Upper left corners by slot. Read only; `move` writes. */
  x: Float64Array = enlarged(new Float64Array(), 0);
  y: Float64Array = enlarged(new Float64Array(), 0);
  /** Cards that a hand holds now: what is drawn of all others stays as it is. */
  lifted: ReadonlySet<number> = new Set();
  /** Where cards in the hand belong by now, if another window or program has moved them: they are there once it lets go. */
  readonly awaited = new Map<string, Position>();
  /** Which cards a collapsed group hides, and what stands in for them. Changed by `hide`. */
  readonly shown = new ShownPlaces();
  /** Grows with each change of nodes or edges: a cheap key for what is derived from them. */
  structureVersion = 0;
  positionsVersion = 0;
  /** Grows when anything but lifted cards moved: a key for pictures of those. */
  restVersion = 0;
  readonly #slots: (GraphNode | null)[] = [];
  readonly #free: number[] = [];
  readonly #slotOf = new Map<string, number>();
  /** Slots of the nodes that each slot reads, in input order; -1 is an input that does not exist. */
  readonly #inputs: number[][] = [];
  readonly #readers = new Map<string, Set<string>>();
  readonly #grid = new SpatialGrid();
  readonly #channels = new Channels<GraphChannel | number>();
  readonly #scratch: number[] = [];
  #ids: { readonly version: number; readonly list: readonly string[] } = { version: -1, list: [] };
  #selection: ReadonlySet<string> = new Set();

  /** Slots in use lie below this. */
  get slotCount(): number {
    return this.#slots.length;
  }

  get size(): number {
    return this.#slotOf.size;
  }

  nodeAt(slot: number): GraphNode | null {
    return this.#slots[slot] ?? null;
  }

  slotOf(id: string): number {
    return this.#slotOf.get(id) ?? -1;
  }

  get(id: string): GraphNode | null {
    return this.nodeAt(this.slotOf(id));
  }

  /** Ids of all nodes; the same array until nodes come or go. */
  ids(): readonly string[] {
    if (this.#ids.version !== this.structureVersion) {
      this.#ids = { version: this.structureVersion, list: [...this.nodes()].map(({ id }) => id) };
    }
    return this.#ids.list;
  }

  *nodes(): Generator<GraphNode> {
    for (const node of this.#slots) if (node !== null) yield node;
  }

  /** Slots that the slot reads; -1 stands for an input that does not exist. */
  inputsOf(slot: number): readonly number[] {
    return this.#inputs[slot] ?? [];
  }

  /** Ids of the nodes that read this one. */
  readersOf(id: string): ReadonlySet<string> {
    return this.#readers.get(id) ?? new Set();
  }

  positionOf(id: string): Position | null {
    const slot = this.slotOf(id);
    return slot < 0 ? null : { x: this.x[slot] ?? 0, y: this.y[slot] ?? 0 };
  }

  /** Replaces everything; cards without a place get one from `place`. */
  load(view: Pick<ProjectView, "nodes" | "broken">, placed: ReadonlyMap<string, Position>): void {
    this.#slots.length = 0;
    this.#inputs.length = 0;
    this.#free.length = 0;
    this.#slotOf.clear();
    this.#readers.clear();
    this.#grid.clear();
    this.lifted = new Set();
    for (const node of view.nodes) this.#put({ type: "node", id: node.id, view: node }, placed.get(node.id));
    for (const broken of view.broken) {
      this.#put({ type: "broken", id: broken.id, view: broken }, placed.get(broken.id));
    }
    this.#resolveInputs();
    this.select(this.#selection);
    this.#structureChanged();
  }

  /** Applies what the host saw change. `place` gives new cards their positions. */
  apply(change: Pick<ProjectChange, "nodes" | "removed" | "broken">, place: (id: string) => Position): void {
    const { nodes, removed, broken } = change;
    if (nodes.length + removed.length === 0 && broken === null) return;
    // What breaks or is repaired keeps its place.
    const nowBroken = new Set(broken?.map(({ id }) => id));
    for (const id of removed) if (!nowBroken.has(id)) this.#remove(id);
    for (const view of nodes) {
      const known = this.slotOf(view.id);
      this.#put({ type: "node", id: view.id, view }, known < 0 ? place(view.id) : undefined);
    }
    if (broken !== null) this.#replaceBroken(broken, place);
    this.#resolveInputs();
    this.select(this.#selection);
    for (const { id } of nodes) this.#channels.tell(this.slotOf(id));
    this.#structureChanged();
  }

  move(slot: number, x: number, y: number): void {
    this.#moveQuietly(slot, x, y);
    this.#positionsChanged(this.lifted.has(slot));
  }

  /** Moves many cards and tells once. */
  moveAll(positions: Iterable<readonly [id: string, position: Position]>): void {
    let isLifted = true;
    for (const [id, { x, y }] of positions) {
      const slot = this.slotOf(id);
      if (slot < 0) continue;
      this.#moveQuietly(slot, x, y);
      isLifted &&= this.lifted.has(slot);
    }
    this.#positionsChanged(isLifted);
  }

  /** Moves cards to where a file has them; those in the hand stay in it. */
  place(positions: Iterable<readonly [id: string, position: Position]>): void {
    const resting: (readonly [string, Position])[] = [];
    for (const [id, position] of positions) {
      if (this.lifted.has(this.slotOf(id))) this.awaited.set(id, position);
      else resting.push([id, position]);
    }
    this.moveAll(resting);
  }

  /** Says which cards move from now on; none puts them down. Those that rest stay where they are. */
  lift(ids: Iterable<string>): void {
    this.awaited.clear();
    this.lifted = new Set([...ids].map((id) => this.slotOf(id)).filter((slot) => slot >= 0));
    this.#positionsChanged(true);
  }

  /** Hides cards behind what stands in for them, and shows all others. */
  hide(places: ReadonlyMap<string, Position>): void {
    if (places.size === 0 && this.shown.size === 0) return;
    this.shown.replace([...places].map(([id, place]) => [this.slotOf(id), place] as const));
    this.#positionsChanged(this.lifted.size > 0);
  }

  get selection(): ReadonlySet<string> {
    return this.#selection;
  }

  select(ids: Iterable<string>): void {
    const next = new Set([...ids].filter((id) => this.#slotOf.has(id)));
    if (next.size === this.#selection.size && [...next].every((id) => this.#selection.has(id))) return;
    const before = this.#selection;
    this.#selection = next;
    for (const id of new Set([...before, ...next])) {
      if (before.has(id) !== next.has(id)) this.#channels.tell(this.slotOf(id));
    }
    this.#channels.tell("selection");
  }

  /** Slots of the cards that touch the rectangle. The array is reused by the next call. */
  cardsIn(area: Rectangle): readonly number[] {
    const wider = { ...area, left: area.left - cardWidth, top: area.top - cardHeight };
    const found = this.#grid.candidates(wider, this.#scratch);
    let kept = 0;
    for (const slot of found) {
      const x = this.x[slot] ?? 0;
      const y = this.y[slot] ?? 0;
      if (x > area.right || y > area.bottom || x + cardWidth < area.left || y + cardHeight < area.top) continue;
      if (this.shown.isHidden(slot)) continue;
      found[kept++] = slot;
    }
    found.length = kept;
    return found;
  }

  /** Corners of all cards that may touch the rectangle, those in collapsed groups and their boxes among them. */
  placesNear(area: Rectangle): readonly Position[] {
    const wider = { ...area, left: area.left - cardWidth, top: area.top - cardHeight };
    const slots = this.#grid.candidates(wider, this.#scratch);
    return [...slots.map((slot) => ({ x: this.x[slot] ?? 0, y: this.y[slot] ?? 0 })), ...this.shown.standIns()];
  }

  /** The rectangle around all cards, `null` without any. */
  bounds(ids: Iterable<string> = this.#slotOf.keys()): Rectangle | null {
    return boundsOf(this.#positionsOf(ids));
  }

  *#positionsOf(ids: Iterable<string>): Generator<Position> {
    for (const id of ids) {
      const position = this.positionOf(id);
      if (position !== null) yield position;
    }
  }

  /** Listens to a channel, or to one node by its slot. */
  on(channel: GraphChannel | number, listener: () => void): () => void {
    return this.#channels.on(channel, listener);
  }

  #put(node: GraphNode, position: Position | undefined): void {
    const known = this.slotOf(node.id);
    if (known >= 0) {
      this.#slots[known] = node;
      return;
    }
    const slot = this.#free.pop() ?? this.#slots.length;
    if (slot >= this.x.length) {
      this.x = enlarged(this.x, slot);
      this.y = enlarged(this.y, slot);
    }
    this.#slots[slot] = node;
    this.#slotOf.set(node.id, slot);
    const { x, y } = position ?? { x: 0, y: 0 };
    this.x[slot] = x;
    this.y[slot] = y;
    this.#grid.add(slot, x, y);
  }

  #remove(id: string): void {
    const slot = this.slotOf(id);
    if (slot < 0) return;
    this.#grid.remove(slot, this.x[slot] ?? 0, this.y[slot] ?? 0);
    // Its slot may be another card's soon, which nobody holds.
    if (this.lifted.has(slot)) this.lifted = new Set([...this.lifted].filter((held) => held !== slot));
    this.shown.forget(slot);
    this.#slots[slot] = null;
    this.#inputs[slot] = [];
    this.#slotOf.delete(id);
    this.#free.push(slot);
    this.#channels.tell(slot);
  }

  #replaceBroken(broken: readonly BrokenView[], place: (id: string) => Position): void {
    const kept = new Set(broken.map(({ id }) => id));
    for (const node of this.#slots) if (node?.type === "broken" && !kept.has(node.id)) this.#remove(node.id);
    for (const view of broken) {
      const position = this.slotOf(view.id) < 0 ? place(view.id) : undefined;
      this.#put({ type: "broken", id: view.id, view }, position);
    }
  }

  #moveQuietly(slot: number, x: number, y: number): void {
    this.#grid.move(slot, this.x[slot] ?? 0, this.y[slot] ?? 0, x, y);
    this.x[slot] = x;
    this.y[slot] = y;
  }

  #resolveInputs(): void {
    this.#readers.clear();
    for (const [slot, node] of this.#slots.entries()) {
      const inputs = node?.type === "node" ? node.view.inputs : [];
      this.#inputs[slot] = inputs.map((id) => this.slotOf(id));
      if (node === null || node === undefined) continue;
      for (const id of inputs) {
        const readers = this.#readers.get(id) ?? new Set();
        this.#readers.set(id, readers.add(node.id));
      }
    }
  }

  #structureChanged(): void {
    this.structureVersion++;
    this.positionsVersion++;
    this.restVersion++;
    this.#channels.tell("structure");
    this.#channels.tell("positions");
  }

  #positionsChanged(isLifted: boolean): void {
    this.positionsVersion++;
    if (!isLifted) this.restVersion++;
    this.#channels.tell("positions");
  }
}

/** The window's graph. */
export const graph = new GraphStore();
