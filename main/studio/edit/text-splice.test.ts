import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applySplice, inverse, spliceBetween } from "./text-splice.ts";

const texts = fc.string({ unit: fc.constantFrom("a", "b", "\n", "é", "😀"), maxLength: 30 });

describe("a splice", () => {
  it("turns the old text into the new one, and its inverse the new one into the old", () => {
    fc.assert(
      fc.property(texts, texts, (from, to) => {
        const splice = spliceBetween(from, to);
        expect(applySplice(from, splice)).toBe(to);
        expect(applySplice(to, inverse(splice))).toBe(from);
      }),
    );
  });

  it("still finds its place after an edit elsewhere", () => {
    const from = "name: orders\n# keep\ntransform: select 1\ntags: [a]\n";
    const to = from.replace("select 1", "select 2");
    const splice = spliceBetween(from, to);
    const edited = `# a new first line\n${to}owner: me\n`;
    expect(applySplice(edited, inverse(splice))).toBe(edited.replace("select 2", "select 1"));
  });

  it("is refused where its place is gone, or is there twice", () => {
    const splice = spliceBetween("select 1 from a", "select 2 from a");
    expect(applySplice("select 3 from b", inverse(splice))).toBeNull();
    expect(applySplice("x select 2 from a; select 2 from a", inverse(splice))).toBeNull();
  });
});
