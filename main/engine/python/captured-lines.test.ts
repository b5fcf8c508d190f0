import fc from "fast-check";
import { expect, it } from "vitest";

import { capturedLines } from "./captured-lines.ts";

const limits = { bytes: 1000, lines: 100, lineLength: 50, tail: 3 };

const captured = (chunks: readonly Uint8Array[], changes: Partial<typeof limits> = {}): readonly string[] => {
  const lines: string[] = [];
  const sink = capturedLines((line) => lines.push(line), { ...limits, ...changes });
  for (const chunk of chunks) sink.write(chunk);
  sink.end();
  return lines;
};

it("gives the same lines however the bytes are cut", () => {
  const line = fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => text.replaceAll(/[\r\n]/g, " "));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(300)), (lines, cuts) => {
      const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].toSorted((a, b) => a - b);
      const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      expect(captured(chunks, { bytes: 100_000, lineLength: 1000 })).toEqual(lines);
    }),
  );
});

it("keeps the beginning and the last lines of too much", () => {
  const bytes = new TextEncoder().encode(Array.from({ length: 300 }, (_, i) => `line ${i}\n`).join(""));
  const lines = captured(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)));
  expect(lines[0]).toBe("line 0");
  expect(lines.slice(-4)).toEqual([
    expect.stringMatching(/^… \d+ lines were left out/),
    "line 297",
    "line 298",
    "line 299",
  ]);
  expect(lines.length).toBeLessThan(110);
});

it("cuts a line without end and forgets the rest of it", () => {
  const lines = captured(
    Array.from({ length: 100 }, () => new TextEncoder().encode("x".repeat(60))),
    { bytes: 1e6 },
  );
  expect(lines).toEqual(["x".repeat(50)]);
});

it("takes a carriage return before the line's end for a part of the end", () => {
  expect(captured([new TextEncoder().encode("a\r\nb")])).toEqual(["a", "b"]);
});
