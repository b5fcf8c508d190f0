import { describe, expect, it } from "vitest";

import { isBare, keysOf, showKeys } from "./keys.ts";
import { matchScore } from "./match.ts";

const pressed = (event: Partial<KeyboardEvent>): string =>
  keysOf({
    key: "",
    code: "",
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...event,
  } as KeyboardEvent);

describe("keys", () => {
  it.each([
    [{ key: "k", code: "KeyK", ctrlKey: true }, "Mod+K"],
    [{ key: "Z", code: "KeyZ", ctrlKey: true, shiftKey: true }, "Mod+Shift+Z"],
    [{ key: "Enter", code: "Enter", ctrlKey: true, altKey: true }, "Mod+Alt+Enter"],
    [{ key: " ", code: "Space", shiftKey: true }, "Shift+Space"],
    [{ key: "!", code: "Digit1", shiftKey: true }, "Shift+1"],
    [{ key: "1", code: "Digit1" }, "1"],
    [{ key: "F5", code: "F5", shiftKey: true }, "Shift+F5"],
    [{ key: "ArrowLeft", code: "ArrowLeft", altKey: true }, "Alt+ArrowLeft"],
    [{ key: "/", code: "Slash" }, "/"],
  ])("are spelled as the registry spells them: %j", (event, keys) => {
    expect(pressed(event)).toBe(keys);
  });

  it("are shown as people know them", () => {
    expect(showKeys("Mod+Shift+ArrowLeft")).toBe("Ctrl+Shift+←");
  });

  it("that are bare act on the canvas alone", () => {
    expect(["A", "Shift+A", "Space", "F5"].map(isBare)).toEqual([true, true, true, true]);
    expect(["Mod+A", "Alt+Enter", "Mod+Shift+Z"].map(isBare)).toEqual([false, false, false]);
  });
});

describe("the palette's order", () => {
  const best = (query: string, candidates: readonly string[]): readonly string[] =>
    candidates
      .flatMap((candidate) => {
        const score = matchScore(query, candidate);
        return score === null ? [] : [{ candidate, score }];
      })
      .toSorted((a, b) => b.score - a.score)
      .map(({ candidate }) => candidate);

  it("puts whole words before letters, beginnings before middles, short before long", () => {
    expect(best("orders", ["transform.reorders_all", "source.orders", "Fit the order of resources"])).toEqual([
      "source.orders",
      "transform.reorders_all",
      "Fit the order of resources",
    ]);
    expect(best("ot", ["transform.order_totals", "transform.route"])[0]).toBe("transform.order_totals");
  });

  it("leaves out what does not hold the letters in order", () => {
    expect(matchScore("zx", "transform.orders")).toBeNull();
    expect(matchScore("", "anything")).toBe(0);
  });
});
