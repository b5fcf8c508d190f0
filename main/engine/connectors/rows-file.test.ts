import { expect, it } from "vitest";

import { LongestRecord, rowsLine } from "./rows-file.ts";

it("tells NULL from the empty text and doubles quotes", () => {
  expect(rowsLine([null, "", 'a "b"\n'])).toBe(',"","a ""b""\n"\n');
});

it.each([1, 3, 1000])("measures the longest record in chunks of %i bytes", (size) => {
  const content = Buffer.from('"a"\n"b ""\n"" c",\n"d"\n');
  const longest = new LongestRecord();
  for (let at = 0; at < content.length; at += size) longest.pass(content.subarray(at, at + size));
  expect(longest.bytes).toBe('"b ""\n"" c",\n'.length);
});
