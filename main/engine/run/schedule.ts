import type { NodeId } from "../../../shared/graph/index.ts";

interface Task {
  readonly id: NodeId;
  readonly inputs: readonly NodeId[];
  /** Seconds it is expected to take; only the order depends on it. */
  readonly expected: number;
}

/** Hands out nodes whose inputs are done, the one with the longest remaining path first. */
export interface Schedule {
  /** The next node to start, or `null` when none is ready now. */
  next(): NodeId | null;
  /** Marks a node as finished, whatever came of it, and frees its dependents. */
  done(id: NodeId): void;
  readonly remaining: number;
}

/** A floor, so that the length of a path counts even where no node has run yet. */
const minimumSeconds = 0.01;

/** Longest path in seconds from each node to the end of the graph; tasks come in dependency order. */
const remainingPaths = (
  tasks: readonly Task[],
  dependents: ReadonlyMap<NodeId, readonly NodeId[]>,
): Map<NodeId, number> => {
  const lengths = new Map<NodeId, number>();
  for (const task of tasks.toReversed()) {
    let longest = 0;
    for (const id of dependents.get(task.id) ?? []) longest = Math.max(longest, lengths.get(id) ?? 0);
    lengths.set(task.id, longest + Math.max(task.expected, minimumSeconds));
  }
  return lengths;
};

const findDependents = (tasks: readonly Task[]): Map<NodeId, NodeId[]> => {
  const dependents = new Map<NodeId, NodeId[]>(tasks.map((task) => [task.id, []]));
  for (const task of tasks) {
    for (const input of new Set(task.inputs)) dependents.get(input)?.push(task.id);
  }
  return dependents;
};

/** A binary max-heap; ties go to the earlier node, so that runs are alike. */
class ReadyHeap {
  readonly #items: { readonly id: NodeId; readonly priority: number; readonly order: number }[] = [];
  #order = 0;

  #before(a: number, b: number): boolean {
    const left = this.#items[a];
    const right = this.#items[b];
    if (left === undefined || right === undefined) return left !== undefined;
    return left.priority === right.priority ? left.order < right.order : left.priority > right.priority;
  }

  #swap(a: number, b: number): void {
    const left = this.#items[a];
    const right = this.#items[b];
    if (left === undefined || right === undefined) return;
    this.#items[a] = right;
    this.#items[b] = left;
  }

  push(id: NodeId, priority: number): void {
    this.#items.push({ id, priority, order: this.#order });
    this.#order += 1;
    let index = this.#items.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  pop(): NodeId | null {
    this.#swap(0, this.#items.length - 1);
    const top = this.#items.pop();
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      if (left >= this.#items.length) break;
      const child = left + 1 < this.#items.length && this.#before(left + 1, left) ? left + 1 : left;
      if (!this.#before(child, index)) break;
      this.#swap(index, child);
      index = child;
    }
    return top?.id ?? null;
  }
}

/** Tasks must come in dependency order; inputs outside the tasks count as done. */
export const createSchedule = (tasks: readonly Task[]): Schedule => {
  const dependents = findDependents(tasks);
  const priorities = remainingPaths(tasks, dependents);
  const waiting = new Map<NodeId, number>();
  const ready = new ReadyHeap();
  let remaining = tasks.length;
  for (const task of tasks) {
    const open = [...new Set(task.inputs)].filter((input) => dependents.has(input)).length;
    waiting.set(task.id, open);
    if (open === 0) ready.push(task.id, priorities.get(task.id) ?? 0);
  }
  return {
    next: () => ready.pop(),
    done(id) {
      remaining -= 1;
      for (const dependent of dependents.get(id) ?? []) {
        const open = (waiting.get(dependent) ?? 0) - 1;
        waiting.set(dependent, open);
        if (open === 0) ready.push(dependent, priorities.get(dependent) ?? 0);
      }
    },
    get remaining() {
      return remaining;
    },
  };
};
