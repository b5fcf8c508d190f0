import { graph, nodeName } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";

const mostNamed = 5;

/** The node's name as people read it; the id when it is gone. */
export const nameOf = (id: string): string => {
  const node = graph.get(id);
  return node === null ? id : nodeName(node);
};

/** The nodes' names as a person can take them in: the first few, and how many more there are. */
export const namesOf = (ids: readonly string[]): string => {
  const names = ids.slice(0, mostNamed).map(nameOf).join(", ");
  return ids.length > mostNamed ? text.author.andMore(names, ids.length - mostNamed) : names;
};

/** A name that no node of this kind has: the stem itself, or with a number. */
export const freshName = (kind: string, stem: string, taken: ReadonlySet<string> = new Set()): string => {
  const plain = stem
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  const base = /^[a-z_]/.test(plain) ? plain : `t_${plain}`;
  const isTaken = (name: string): boolean => graph.slotOf(`${kind}.${name}`) >= 0 || taken.has(`${kind}.${name}`);
  if (!isTaken(base)) return base;
  for (let number = 2; ; number++) if (!isTaken(`${base}_${number}`)) return `${base}_${number}`;
};
