import { whyNot } from "../../../shared/graph/connections.ts";

/** What is asked of the graph: kinds, what a node reads, and whether it is whole. */
export interface ConnectionFacts {
  /** `null` for a node that is not there or could not be read. */
  readonly kindOf: (id: string) => string | null;
  readonly inputsOf: (id: string) => readonly string[];
}

/** Why `to` cannot read `from`; `null` when it can. */
export type Refusal =
  | { readonly type: "self" }
  | { readonly type: "broken" }
  | { readonly type: "known" }
  | { readonly type: "kind"; readonly why: string }
  /** The way that leads back: `to` … `from`. */
  | { readonly type: "cycle"; readonly path: readonly string[] };

/** Whether a wire may be drawn. Takes time in proportion to what lies upstream of `from`. */
export const canConnect = (from: string, to: string, facts: ConnectionFacts): Refusal | null => {
  if (from === to) return { type: "self" };
  const [fromKind, toKind] = [facts.kindOf(from), facts.kindOf(to)];
  if (fromKind === null || toKind === null) return { type: "broken" };
  const why = whyNot(fromKind, toKind);
  if (why !== null) return { type: "kind", why };
  if (facts.inputsOf(to).includes(from)) return { type: "known" };
  const path = wayUp(from, to, facts);
  return path === null ? null : { type: "cycle", path };
};

/** The way by which `from` reads `to` already, beginning at `to`. */
const wayUp = (from: string, to: string, { inputsOf }: ConnectionFacts): readonly string[] | null => {
  const readBy = new Map<string, string | null>([[from, null]]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const input of inputsOf(id)) {
      if (readBy.has(input)) continue;
      readBy.set(input, id);
      if (input === to) return pathFrom(to, readBy);
      open.push(input);
    }
  }
  return null;
};

const pathFrom = (start: string, readBy: ReadonlyMap<string, string | null>): readonly string[] => {
  const path = [start];
  for (let next = readBy.get(start); next !== null && next !== undefined; next = readBy.get(next)) path.push(next);
  return path;
};
