import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { findCycles } from "../../../shared/graph/order.ts";
import { canConnect, type ConnectionFacts } from "./can-connect.ts";
import { classifyText } from "./classify-text.ts";
import { rankTemplates } from "./rank-templates.ts";
import { templates } from "./templates.ts";

const factsOf = (inputs: Readonly<Record<string, readonly string[]>>): ConnectionFacts => ({
  kindOf: (id) => (id in inputs ? (id.split(".")[0] ?? null) : null),
  inputsOf: (id) => inputs[id] ?? [],
});

describe("a wire", () => {
  const facts = factsOf({
    "source.a": [],
    "transform.b": ["source.a"],
    "transform.c": ["transform.b"],
    "exposure.e": ["transform.c"],
  });

  it.each([
    ["source.a", "transform.c", null],
    ["transform.b", "transform.b", { type: "self" }],
    ["source.a", "transform.b", { type: "known" }],
    ["source.gone", "transform.b", { type: "broken" }],
    ["transform.b", "source.a", { type: "kind", why: "a source reads files or a server, not other nodes" }],
    ["exposure.e", "transform.c", { type: "kind", why: "an exposure hands results out and has no table to read" }],
    ["transform.c", "transform.b", { type: "cycle", path: ["transform.b", "transform.c"] }],
  ])("from %s to %s: %j", (from, to, refusal) => {
    expect(canConnect(from, to, facts)).toEqual(refusal);
  });

  it("is refused as a circle exactly where it would make one", () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 14 });
    fc.assert(
      fc.property(edges, fc.nat(7), fc.nat(7), (list, from, to) => {
        fc.pre(from !== to);
        // Wires from lower to higher numbers: no circle yet.
        const ids = Array.from({ length: 8 }, (_, at) => `transform.n${at}`);
        const inputs = Object.fromEntries(
          ids.map((id, at) => [id, list.filter(([a, b]) => a < b && b === at).map(([a]) => ids[a] ?? "")]),
        );
        const refusal = canConnect(ids[from] ?? "", ids[to] ?? "", factsOf(inputs));
        if (refusal?.type === "known") return;
        const drawn = new Map(Object.entries(inputs));
        drawn.set(ids[to] ?? "", [...(drawn.get(ids[to] ?? "") ?? []), ids[from] ?? ""]);
        expect(refusal?.type === "cycle").toBe(findCycles(drawn).length > 0);
      }),
    );
  });
});

describe("a pasted text", () => {
  it.each([
    ["kind: transform\nname: a\ntransform: select 1\n", "yaml"],
    ["# mine\nname: a\nkind: 'source' # a file\n", "yaml"],
    ["select a, b\nfrom t;", "sql"],
    ["-- totals\nWITH x AS (SELECT 1) SELECT * FROM x", "sql"],
    ["from orders", "sql"],
    ["id\tname\n1\tSelect\n2\t\n", "table"],
    ['id,note\n1,"a, b"\n', "table"],
    ["id;amount\n1;2,50\n2;3,75\n", "table"],
    ["Dear all, I hope\nthis finds you well", "unknown"],
    ["just words", "unknown"],
    ["", "unknown"],
  ])("%j is %s", (text, type) => {
    expect(classifyText(text).type).toBe(type);
  });
});

describe("what can be added", () => {
  const best = (query: string, tables: number, recent: readonly string[] = []): readonly string[] =>
    rankTemplates(templates, query, { tables, recent })
      .slice(0, 3)
      .map(({ id }) => id);

  it("is ranked by the words, then by what it would read, then by recency", () => {
    expect(best("", 0)[0]).toBe("csv");
    expect(best("", 1)[0]).toBe("filter");
    expect(best("", 2)[0]).toBe("join");
    expect(best("", 3)[0]).toBe("union");
    expect(best("", 1, ["sort"])[0]).toBe("sort");
    expect(best("where", 1)[0]).toBe("filter");
    expect(best("dedupe", 1)[0]).toBe("deduplicate");
    expect(best("csv", 1)[0]).toBe("csv");
    expect(best("pandas", 0)[0]).toBe("python");
    expect(best("sql", 0)[0]).toBe("sql");
  });
});
