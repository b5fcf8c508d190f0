import fc from "fast-check";
import { expect, it } from "vitest";

import { decodeLines, encodeLine } from "./checked-lines.ts";

const values = fc.array(fc.record({ id: fc.string({ unit: "grapheme" }), count: fc.integer() }), { maxLength: 6 });

it("gives back every line of a whole file", () => {
  fc.assert(
    fc.property(values, (list) => {
      const bytes = Buffer.from(list.map(encodeLine).join(""));
      expect(decodeLines(bytes)).toEqual({ values: list, end: bytes.length });
    }),
  );
});

it("gives the whole lines before any place where the file was cut", () => {
  const list = [{ a: "é😀" }, { b: 2 }, { c: [1, null] }];
  const lines = list.map((value) => Buffer.from(encodeLine(value)));
  const bytes = Buffer.concat(lines);
  const ends = lines.map((_, index) => Buffer.concat(lines.slice(0, index + 1)).length);
  for (let length = 0; length <= bytes.length; length++) {
    const whole = ends.filter((end) => end <= length).length;
    expect(decodeLines(bytes.subarray(0, length)).values).toEqual(list.slice(0, whole));
  }
});

it("never accepts a line with a flipped bit, and keeps the lines before it", () => {
  const list = [{ a: 1 }, { b: "two" }, { c: 3 }];
  const bytes = Buffer.from(list.map(encodeLine).join(""));
  for (let index = 0; index < bytes.length; index++) {
    for (let bit = 0; bit < 8; bit++) {
      const damaged = Buffer.from(bytes);
      damaged[index] = (damaged[index] ?? 0) ^ (1 << bit);
      const { values: read } = decodeLines(damaged);
      expect(list.slice(0, read.length)).toEqual(read);
      expect(read.length).toBeLessThan(list.length);
    }
  }
});

it("stops at a tail of zeros", () => {
  const bytes = Buffer.concat([Buffer.from(encodeLine({ a: 1 })), Buffer.alloc(512)]);
  expect(decodeLines(bytes).values).toEqual([{ a: 1 }]);
});
