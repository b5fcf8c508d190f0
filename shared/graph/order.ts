// Orders of a graph in time linear in nodes and edges, without recursion.

/** Ids and, for each, the ids it reads. Ids that are read but are not keys are left out. */
export type Inputs = ReadonlyMap<string, readonly string[]>;

interface Counted {
  readonly ids: readonly string[];
  readonly readers: readonly (readonly number[])[];
  readonly waitingFor: Int32Array;
}

const count = (graph: Inputs): Counted => {
  const ids = [...graph.keys()];
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const readers: number[][] = ids.map(() => []);
  const waitingFor = new Int32Array(ids.length);
  ids.forEach((id, reader) => {
    for (const input of new Set(graph.get(id))) {
      const index = indexOf.get(input);
      if (index === undefined) continue;
      readers[index]?.push(reader);
      waitingFor[reader] = (waitingFor[reader] ?? 0) + 1;
    }
  });
  return { ids, readers, waitingFor };
};

/**
 * Every node after the nodes it reads; among equals, the order of the map. Nodes on a cycle, and what reads them,
 * come last in the order of the map and are named in `stuck`.
 */
export const topologicalOrder = (
  graph: Inputs,
): { readonly order: readonly string[]; readonly stuck: readonly string[] } => {
  const { ids, readers, waitingFor } = count(graph);
  const order: number[] = [];
  for (let index = 0; index < ids.length; index++) if (waitingFor[index] === 0) order.push(index);
  for (let next = 0; next < order.length; next++) {
    for (const reader of readers[order[next] ?? 0] ?? []) {
      const left = (waitingFor[reader] ?? 0) - 1;
      waitingFor[reader] = left;
      if (left === 0) order.push(reader);
    }
  }
  const stuck = ids.filter((_, index) => (waitingFor[index] ?? 0) > 0);
  return { order: [...order.map((index) => ids[index] ?? ""), ...stuck], stuck };
};

/**
 * One cycle for each group of nodes that read each other, node by node, its first node the earliest of the map:
 * `[a, b]` means that a reads b and b reads a.
 */
export const findCycles = (graph: Inputs): readonly (readonly string[])[] => {
  const { stuck } = topologicalOrder(graph);
  const place = new Map(stuck.map((id, index) => [id, index]));
  const inputs = (id: string): readonly string[] => (graph.get(id) ?? []).filter((input) => place.has(input));
  const groupOf = groupByCycle(stuck, inputs);
  const told = new Set<number>();
  const cycles: (readonly string[])[] = [];
  for (const start of stuck) {
    const group = groupOf.get(start) ?? -1;
    if (told.has(group)) continue;
    const cycle = walkCycle(start, (id) => inputs(id).find((input) => groupOf.get(input) === group));
    if (cycle.length === 0) continue;
    told.add(group);
    cycles.push(rotateToFirst(cycle, place));
  }
  return cycles;
};

/** Tarjan's strongly connected groups, with a stack of its own instead of recursion. */
const groupByCycle = (
  ids: readonly string[],
  inputsOf: (id: string) => readonly string[],
): ReadonlyMap<string, number> => {
  const seenAt = new Map<string, number>();
  const lowest = new Map<string, number>();
  const groupOf = new Map<string, number>();
  const pending: string[] = [];
  let groups = 0;
  for (const root of ids) {
    if (seenAt.has(root)) continue;
    const work = [enter(root)];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const input = frame.inputs[frame.next++];
      if (input === undefined) {
        work.pop();
        leave(frame.id);
        const parent = work.at(-1);
        if (parent !== undefined) lower(parent.id, lowest.get(frame.id) ?? 0);
      } else if (!seenAt.has(input)) work.push(enter(input));
      else if (!groupOf.has(input)) lower(frame.id, seenAt.get(input) ?? 0);
    }
  }
  return groupOf;

  function enter(id: string): { readonly id: string; readonly inputs: readonly string[]; next: number } {
    seenAt.set(id, seenAt.size);
    lowest.set(id, seenAt.size - 1);
    pending.push(id);
    return { id, inputs: inputsOf(id), next: 0 };
  }
  function lower(id: string, to: number): void {
    lowest.set(id, Math.min(lowest.get(id) ?? to, to));
  }
  function leave(id: string): void {
    if (lowest.get(id) !== seenAt.get(id)) return;
    let member: string | undefined;
    do {
      member = pending.pop();
      if (member !== undefined) groupOf.set(member, groups);
    } while (member !== undefined && member !== id);
    groups++;
  }
};

const walkCycle = (start: string, next: (id: string) => string | undefined): readonly string[] => {
  const path: string[] = [];
  const place = new Map<string, number>();
  for (let at: string | undefined = start; at !== undefined; at = next(at)) {
    const from = place.get(at);
    if (from !== undefined) return path.slice(from);
    place.set(at, path.length);
    path.push(at);
  }
  return [];
};

const rotateToFirst = (cycle: readonly string[], place: ReadonlyMap<string, number>): readonly string[] => {
  let first = 0;
  cycle.forEach((id, index) => {
    if ((place.get(id) ?? 0) < (place.get(cycle[first] ?? "") ?? 0)) first = index;
  });
  return [...cycle.slice(first), ...cycle.slice(0, first)];
};
