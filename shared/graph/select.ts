// Selectors: a small language for naming parts of a graph, the same in the terminal and on the canvas.
// `+a` `a+` `2+a` `a+1` `@a` `tag:x` `kind:x` `path:x` `stale` `state:modified`, globs; spaces unite, commas intersect.

import { ProjectError } from "../errors/index.ts";
import { suggestion } from "./nearest.ts";
import type { NodeId } from "./node.ts";
import type { Inputs } from "./order.ts";
import { reach, readersOf } from "./walk.ts";

/** What a selector can see of a node. */
export interface SelectableNode {
  readonly id: NodeId;
  readonly kind: string;
  readonly name: string;
  readonly inputs: readonly NodeId[];
  readonly files: readonly string[];
  readonly config: { readonly tags?: readonly string[] };
}

/** What only a run's state knows; a selector that asks for a missing set selects nothing. */
export interface SelectionSets {
  readonly stale?: ReadonlySet<NodeId> | undefined;
  readonly modified?: ReadonlySet<NodeId> | undefined;
}

/**
 * The nodes that any of the selectors names, in the order of `nodes`; all of them without selectors.
 * Throws `selector_unknown` for a name, tag, kind or path that no node has, with the nearest that one has.
 */
export const selectNodes = (
  nodes: ReadonlyMap<NodeId, SelectableNode>,
  selectors: readonly string[],
  sets: SelectionSets = {},
): ReadonlySet<NodeId> => {
  const terms = selectors.flatMap((selector) => selector.split(/\s+/)).filter((term) => term !== "");
  if (terms.length === 0) return new Set(nodes.keys());
  const selector = new Selector(nodes, sets);
  const selected = new Set(terms.flatMap((term) => [...selector.intersection(term)]));
  return new Set([...nodes.keys()].filter((id) => selected.has(id)));
};

const atomPattern = /^(?:(?<all>@)|(?<up>\d*)\+)?(?<body>[^+@].*?)(?:\+(?<down>\d*))?$/;

const depthOf = (text: string): number => (text === "" ? Infinity : Number(text));

class Selector {
  readonly #nodes: ReadonlyMap<NodeId, SelectableNode>;
  readonly #sets: SelectionSets;
  readonly #inputs: Inputs;
  #readers: Inputs | null = null;

  constructor(nodes: ReadonlyMap<NodeId, SelectableNode>, sets: SelectionSets) {
    this.#nodes = nodes;
    this.#sets = sets;
    this.#inputs = new Map([...nodes.values()].map(({ id, inputs }) => [id, inputs]));
  }

  intersection(term: string): ReadonlySet<NodeId> {
    const [first, ...rest] = term.split(",").filter((atom) => atom !== "");
    if (first === undefined) throw unknown(term, "Write a node's name on each side of the comma.");
    let common = this.#atom(first);
    for (const atom of rest) {
      const other = this.#atom(atom);
      common = new Set([...common].filter((id) => other.has(id)));
    }
    return common;
  }

  #atom(atom: string): ReadonlySet<NodeId> {
    const groups = atomPattern.exec(atom)?.groups;
    const body = groups?.["body"];
    if (body === undefined) throw unknown(atom, "Write it as name, +name, name+, @name or tag:name.");
    const base = this.#body(body);
    if (groups?.["all"] !== undefined) return this.#withAll(base);
    const up = groups?.["up"];
    const down = groups?.["down"];
    const above = up === undefined ? [] : reach(this.#inputs, base, depthOf(up));
    const below = down === undefined ? [] : reach(this.#readerEdges(), base, depthOf(down));
    return new Set([...base, ...above, ...below]);
  }

  /** The nodes, everything that reads them, and everything all of these read. */
  #withAll(base: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
    const below = new Set([...base, ...reach(this.#readerEdges(), base)]);
    return new Set([...below, ...reach(this.#inputs, below)]);
  }

  #readerEdges(): Inputs {
    this.#readers ??= readersOf(this.#inputs);
    return this.#readers;
  }

  #body(body: string): ReadonlySet<NodeId> {
    if (body === "stale") return this.#known(this.#sets.stale);
    const colon = body.indexOf(":");
    if (colon < 0) return this.#named(body);
    const value = body.slice(colon + 1);
    switch (body.slice(0, colon)) {
      case "tag":
        return this.#matching(body, value, (node) => node.config.tags ?? []);
      case "kind":
        return this.#matching(body, value, (node) => [node.kind]);
      case "path":
        return this.#at(body, value);
      case "state":
        if (value === "modified") return this.#known(this.#sets.modified);
        throw unknown(body, "Did you mean state:modified?");
      default:
        throw unknown(body, "Methods are tag:, kind:, path: and state:.");
    }
  }

  /** Only what is in the graph. */
  #known(set: ReadonlySet<NodeId> | undefined): ReadonlySet<NodeId> {
    return new Set([...(set ?? [])].filter((id) => this.#nodes.has(id)));
  }

  #named(name: string): ReadonlySet<NodeId> {
    if (this.#nodes.has(name)) return new Set([name]);
    return this.#matching(
      name,
      name,
      (node) => [node.name, node.id],
      (node) => [node.id],
    );
  }

  #at(body: string, path: string): ReadonlySet<NodeId> {
    const wanted = path.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
    const foldersAndFiles = (node: SelectableNode): readonly string[] => node.files.flatMap(withFolders);
    return this.#matching(body, wanted, foldersAndFiles);
  }

  #matching(
    selector: string,
    wanted: string,
    valuesOf: (node: SelectableNode) => readonly string[],
    suggestFrom = valuesOf,
  ): ReadonlySet<NodeId> {
    const matches = matcher(wanted);
    const found = new Set<NodeId>();
    for (const node of this.#nodes.values()) if (valuesOf(node).some(matches)) found.add(node.id);
    if (found.size > 0) return found;
    const prefix = selector.slice(0, selector.length - wanted.length);
    const candidates = new Set([...this.#nodes.values()].flatMap((node) => [...valuesOf(node), ...suggestFrom(node)]));
    const shown = new Set([...this.#nodes.values()].flatMap((node) => [...suggestFrom(node)]));
    const close = suggestion(wanted, candidates);
    const isClose = close.startsWith("Did you mean");
    const next = isClose
      ? close.replace("Did you mean ", `Did you mean ${prefix.includes(":") ? prefix : ""}`)
      : suggestion(wanted, shown);
    throw unknown(selector, next);
  }
}

const unknown = (selector: string, next: string): ProjectError =>
  new ProjectError("selector_unknown", { params: { selector }, next });

/** `a/b/c.yml` → `a`, `a/b`, `a/b/c.yml`. */
const withFolders = (file: string): readonly string[] => {
  const parts = file.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
};

/** Equality, or a glob in which `*` stands for any text and `?` for one character. */
const matcher = (wanted: string): ((text: string) => boolean) => {
  if (!/[*?]/.test(wanted)) return (text) => text === wanted;
  const parts = wanted
    .replaceAll(/\*+/g, "*")
    .split(/([*?])/)
    .map((part) => {
      if (part === "*") return ".*";
      return part === "?" ? "." : part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
    });
  const pattern = new RegExp(`^${parts.join("")}$`, "s");
  return (text) => pattern.test(text);
};
