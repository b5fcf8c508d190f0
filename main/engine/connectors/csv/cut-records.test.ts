import fc from "fast-check";
import { expect, it } from "vitest";

import { cutRecords, firstLines } from "./cut-records.ts";

const dialect = { delimiter: ",", quote: '"', escape: '"' };
const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");
const quotedCell = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const cell = fc.string({ unit: fc.constantFrom("a", "ä", ",", '"', "\n", "\r\n", " "), maxLength: 6 });
const records = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 });
const file = fc.record({
  records,
  newline: fc.constantFrom("\n", "\r\n"),
  bom: fc.boolean(),
  cut: fc.nat(400),
  wanted: fc.integer({ min: 1, max: 14 }),
});

it("keeps whole records alone, wherever the text was cut", () => {
  fc.assert(
    fc.property(file, ({ records: all, newline, bom, cut: anywhere, wanted }) => {
      const lines = all.map((record) => bytes(`${record.map(quotedCell).join(",")}${newline}`));
      const start = bytes(bom ? "\ufeff" : "");
      const cut = Math.max(anywhere, start.length);
      const whole = Buffer.concat([start, ...lines]);
      const isAll = cut >= whole.length;
      const found = cutRecords(whole.subarray(0, cut), dialect, { skip: 0, wanted, isAll });
      // A record is there once the first byte of its line end is.
      let end = start.length;
      let kept = 0;
      for (const line of lines) {
        if (kept === wanted || end + line.length - newline.length + 1 > cut) break;
        end += line.length;
        kept += 1;
      }
      expect(found.records).toBe(kept);
      expect(found.bytes).toEqual(whole.subarray(0, Math.min(end, cut)));
    }),
  );
});

it("keeps what is damaged, for the check that names its line", () => {
  const text = bytes("a,b\n1,2\n3\n4,5\n");
  expect(cutRecords(text, dialect, { skip: 0, wanted: 10, isAll: false }).bytes).toEqual(text);
  expect(cutRecords(text, dialect, { skip: 0, wanted: 2, isAll: false }).bytes).toEqual(bytes("a,b\n1,2\n"));
});

it("takes whole lines for a look at how the file is written", () => {
  expect(firstLines(bytes("a\nb\nc"), 9)).toEqual(bytes("a\nb\n"));
  expect(firstLines(bytes("a\nb\nc"), 1)).toEqual(bytes("a\n"));
  expect(firstLines(bytes("abc"), 1)).toEqual(bytes("abc"));
});
