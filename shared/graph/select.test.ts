import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { NodeId } from "./node.ts";
import { type SelectableNode, selectNodes } from "./select.ts";

const node = (
  id: NodeId,
  inputs: readonly NodeId[] = [],
  tags: readonly string[] = [],
  file = `pipelines/${id}.yml`,
): SelectableNode => ({
  id,
  kind: id.split(".")[0] ?? "",
  name: id.split(".")[1] ?? "",
  inputs,
  files: [file],
  config: { tags },
});

const project = (nodes: readonly SelectableNode[]): ReadonlyMap<NodeId, SelectableNode> =>
  new Map(nodes.map((entry) => [entry.id, entry]));

// a → b → d → e, c → d
const shop = project([
  node("source.a", [], ["daily"], "pipelines/bronze/a.yml"),
  node("source.c", [], [], "pipelines/bronze/c.yml"),
  node("transform.b", ["source.a"], ["daily", "silver"], "pipelines/silver/b.yml"),
  node("transform.d", ["transform.b", "source.c"], ["silver"], "pipelines/silver/d.sql"),
  node("rule.e", ["transform.d"]),
]);

const sets = { stale: new Set(["transform.d", "rule.e", "rule.gone"]), modified: new Set(["source.c"]) };

const selected: readonly (readonly [string, string])[] = [
  ["", "a c b d e"],
  ["b", "b"],
  ["transform.b", "b"],
  ["+d", "a c b d"],
  ["1+d", "c b d"],
  ["0+d", "d"],
  ["b+", "b d e"],
  ["b+1", "b d"],
  ["+b+1", "a b d"],
  ["@b", "a c b d e"],
  ["@e", "a c b d e"],
  ["@source.c", "a c b d e"],
  ["tag:daily", "a b"],
  ["tag:daily,tag:silver", "b"],
  ["tag:daily+1,kind:transform", "b d"],
  ["kind:source rule.e", "a c e"],
  ["path:pipelines/silver", "b d"],
  ["path:./pipelines/silver/", "b d"],
  ["path:pipelines/silver/d.sql", "d"],
  ["path:*/silver/*.yml", "b"],
  ["source.*", "a c"],
  ["*", "a c b d e"],
  ["transform.?", "b d"],
  ["b,,", "b"],
  ["stale", "d e"],
  ["stale,tag:silver", "d"],
  ["state:modified", "c"],
  ["state:modified+", "c d e"],
  ["+stale,kind:source", "a c"],
  ["  b   rule.e ", "b e"],
];

describe("selectors", () => {
  it.each(selected)("%j selects %s", (selector, names) => {
    const found = selectNodes(shop, selector === "" ? [] : [selector], sets);
    expect([...found].map((id) => id.split(".")[1]).join(" ")).toBe(names);
  });

  it("unite across arguments", () => {
    expect([...selectNodes(shop, ["b", "rule.e"])]).toEqual(["transform.b", "rule.e"]);
  });

  it("without a run's sets, stale and modified are nothing", () => {
    expect([...selectNodes(shop, ["stale", "state:modified"])]).toEqual([]);
  });

  it.each([
    ["transfrom.b", "Did you mean transform.b?"],
    ["tag:dayly", "Did you mean tag:daily?"],
    ["kind:sorce", "Did you mean kind:source?"],
    ["path:pipelines/sliver", "Did you mean path:pipelines/silver?"],
    ["state:new", "Did you mean state:modified?"],
    ["owner:me", "Methods are tag:, kind:, path: and state:."],
    ["zzzzzzzzzz*", "Use one of: source.a, source.c, transform.b, transform.d, rule.e."],
    ["+", "Write it as name, +name, name+, @name or tag:name."],
    [",", "Write a node's name on each side of the comma."],
  ])("%j is unknown: %s", (selector, next) => {
    expect(() => selectNodes(shop, [selector])).toThrow(expect.objectContaining({ code: "selector_unknown", next }));
  });

  it("a name of two kinds selects both", () => {
    const nodes = project([node("source.x"), node("transform.x", ["source.x"])]);
    expect([...selectNodes(nodes, ["x"])]).toEqual(["source.x", "transform.x"]);
  });

  it("mean what a naive reading of the graph means", () => {
    const graphs = fc.array(fc.array(fc.nat(6), { maxLength: 3 }), { minLength: 1, maxLength: 7 });
    const atom = fc.record({
      at: fc.boolean(),
      up: fc.option(fc.constantFrom("", "0", "1", "2"), { nil: null }),
      down: fc.option(fc.constantFrom("", "0", "1", "2"), { nil: null }),
      id: fc.nat(6),
    });
    const terms = fc.array(fc.array(atom, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(graphs, terms, (edges, selectors) => {
        const ids = edges.map((_, index) => `t.n${index}`);
        const nodes = project(
          edges.map((inputs, index) =>
            node(
              `t.n${index}`,
              inputs.map((input) => `t.n${input}`),
            ),
          ),
        );
        const inputsOf = (id: string) => (nodes.get(id)?.inputs ?? []).filter((input) => nodes.has(input));
        const readersOf = (id: string) => ids.filter((other) => inputsOf(other).includes(id));
        const around = (start: ReadonlySet<string>, next: (id: string) => readonly string[], depth: number) => {
          let all = new Set(start);
          for (let step = 0; step < Math.min(depth, 20); step++)
            all = new Set([...all].flatMap((id) => [id, ...next(id)]));
          return all;
        };
        const depth = (text: string) => (text === "" ? Infinity : Number(text));
        const meaning = ({ at, up, down, id }: { at: boolean; up: string | null; down: string | null; id: number }) => {
          const base = new Set([`t.n${id % ids.length}`]);
          if (at) return around(around(base, readersOf, Infinity), inputsOf, Infinity);
          const above = up === null ? base : around(base, inputsOf, depth(up));
          return new Set([...above, ...(down === null ? [] : around(base, readersOf, depth(down)))]);
        };
        const written = ({ at, up, down, id }: { at: boolean; up: string | null; down: string | null; id: number }) =>
          `${at ? "@" : up === null ? "" : `${up}+`}n${id % ids.length}${at || down === null ? "" : `+${down}`}`;
        const expected = new Set(
          selectors.flatMap((atoms) => ids.filter((id) => atoms.every((entry) => meaning(entry).has(id)))),
        );
        const text = selectors.map((atoms) => atoms.map(written).join(",")).join(" ");
        expect([...selectNodes(nodes, [text])]).toEqual(ids.filter((id) => expected.has(id)));
      }),
    );
  });
});
