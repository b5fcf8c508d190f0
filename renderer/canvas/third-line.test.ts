import fc from "fast-check";
import { expect, it } from "vitest";

import { text } from "../text/text.ts";
import type { CardChip } from "./card-content.ts";
import { fitThirdLine } from "./third-line.ts";

const chip = (kind: CardChip["kind"], label = ""): CardChip => ({ kind, label, title: "" });
const ran = ["12 cols", "1.2 M rows", "340 ms"];
const never = ["not run yet"];
const shown = (parts: readonly string[], chips: readonly CardChip[], doing: string | null = null) => {
  const line = fitThirdLine(parts, chips, doing);
  return [line.facts, ...line.chips.map(({ kind, label }) => (label === "" ? kind : label))].join(" | ");
};
const targetChanged = chip("stale", "target changed");
const [pinned, gold, target] = [chip("pinned"), chip("tag", "gold"), chip("target", "1")];

it("leaves out what is worth least, and never a part of a fact", () => {
  expect(shown(ran, [gold])).toBe("12 cols · 1.2 M rows · 340 ms | gold");
  expect(shown(ran, [gold, target])).toBe("12 cols · 1.2 M rows · 340 ms | tag | 1");
  expect(shown(ran, [chip("stale", "SQL changed")])).toBe("12 cols · 1.2 M rows | SQL changed");
  expect(shown(ran, [targetChanged, gold, target])).toBe("12 cols | target changed | tag | 1");
  expect(shown(never, [targetChanged, gold, target])).toBe("not run yet | target changed | tag | 1");
  expect(shown(never, [targetChanged, pinned, gold, target])).toBe("not run yet | target changed | pinned | 1");
  expect(shown(never, [targetChanged, chip("disabled"), pinned, gold, target])).toBe(
    "not run yet | disabled | pinned | 1",
  );
  expect(shown(ran, [chip("tag", "日本語日本語日…")])).toBe("12 cols · 1.2 M rows · 340 ms | tag");
});

it("says what a node is doing as far as that says something", () => {
  const doing = "writing analytics.orders";
  expect(shown(["13 s", "2.5 k rows"], [], doing)).toBe(`13 s · 2.5 k rows · ${doing}`);
  expect(shown(["13 s", "2.5 k rows"], [pinned, chip("tag"), target], doing)).toBe(
    "13 s · 2.5 k rows | pinned | tag | 1",
  );
});

it("keeps the first fact, the target and what is switched off, whatever else there is", () => {
  const labels = fc.constantFrom(...Object.values(text.card.reasons));
  fc.assert(
    fc.property(labels, fc.subarray(ran, { minLength: 1 }), fc.string({ maxLength: 9 }), (reason, parts, tag) => {
      const { facts, chips } = fitThirdLine(
        parts,
        [chip("stale", reason), chip("disabled"), pinned, chip("tag", tag), chip("target", "12")],
        null,
      );
      expect(parts).toEqual(expect.arrayContaining(facts.split(" · ")));
      expect(facts.startsWith(parts[0]!)).toBe(true);
      expect(chips.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["disabled", "pinned", "target"]));
    }),
  );
});
