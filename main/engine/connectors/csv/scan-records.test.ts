import fc from "fast-check";
import { expect, it } from "vitest";

import { temporaryFolder } from "../../../../test-support/temporary-folder.ts";
import { ScanError } from "./record-scanner.ts";
import { lineOfRecord, scanRecords } from "./scan-records.ts";

const dialect = { delimiter: ",", quote: '"', escape: '"' };
const signal = new AbortController().signal;

const scan = async (content: string | Uint8Array, options: Partial<Parameters<typeof scanRecords>[2]> = {}) => {
  await using folder = await temporaryFolder({ "a.csv": content });
  return await scanRecords(folder.path("a.csv"), dialect, { skip: 0, first: 2, ...options }, signal);
};

const problem = async (content: string | Uint8Array) => {
  const error: unknown = await scan(content).catch((thrown: unknown) => thrown);
  if (!(error instanceof ScanError)) throw new Error("no problem was found");
  return error.problem;
};

it.each([
  ["lines end in LF", "a,b\n1,2\n3,4\n", 3],
  ["lines end in CR LF", "a,b\r\n1,2\r\n", 2],
  ["lines end in CR", "a,b\r1,2\r", 2],
  ["no end of the last line", "a,b\n1,2", 2],
  ["blank lines", "a,b\n\n1,2\n\n\n", 2],
  ["line breaks and delimiters in quotes", 'a,b\n1,"x,\ny"\n2,"\r\n"\n', 3],
  ["doubled quotes", 'a,b\n1,"say ""hi"", now"\n', 2],
  ["a quote inside a bare field", 'a,b\n1,5" wide\n', 2],
  ["a space before a quote", 'a,b\n1, "x,y"\n', 2],
  ["one column with a blank value", "a\n1\n\n3\n", 4],
  ["a byte order mark", "\ufeffa,b\n1,2\n", 2],
])("counts records: %s", async (_what, content, records) => {
  expect((await scan(content)).records).toBe(records);
});

it("returns the first records' fields without their quotes", async () => {
  const { first } = await scan('\ufeff"näme", "b ""c""",d\n1,2,3\n');
  expect(first).toEqual([
    ["näme", 'b "c"', "d"],
    ["1", "2", "3"],
  ]);
});

it.each([
  ["a short record", "a,b\n1,2\n3\n", { kind: "ragged", line: 3, expected: 2, found: 1 }],
  ["a long record", 'a,b\n1,"x\ny"\n3,4,5\n', { kind: "ragged", line: 4, expected: 2, found: 3 }],
  ["an empty field too many", "a,b\n1,2,\n", { kind: "ragged", line: 2, expected: 2, found: 3 }],
  ["an open quote", 'a,b\n1,2\n3,"x\n', { kind: "quotes", line: 3 }],
  ["text behind a quote", 'a,b\n1,"x"y\n', { kind: "quotes", line: 2 }],
  ["a zero byte", "a,b\n1,x\0\n", { kind: "binary", line: 2 }],
  ["bytes that are not UTF-8", Buffer.from("a,b\n1,2\ncaf\xe9,3\n", "latin1"), { kind: "encoding", line: 3 }],
])("names the line of %s", async (_what, content, expected) => {
  expect(await problem(content)).toMatchObject(expected);
});

it("finds a character that is cut at the end of the file", async () => {
  expect(await problem(Buffer.from("a,b\n1,é").subarray(0, -1))).toEqual({ kind: "encoding", line: 2 });
});

it("notices line ends of two kinds, but not those inside quotes", async () => {
  expect((await scan('a,b\n1,"x\r\ny"\n')).mixedNewlines).toBe(false);
  expect((await scan("a,b\r\n1,2\n")).mixedNewlines).toBe(true);
});

it("knows on which line a record begins", async () => {
  await using folder = await temporaryFolder({ "a.csv": 'note\na,b\n1,"x\ny"\n\n2,z\r\n3,w' });
  const line = (number: number) => lineOfRecord(folder.path("a.csv"), dialect, 1, number, signal);
  expect(await Promise.all([1, 2, 3, 4].map(line))).toEqual([2, 3, 6, 7]);
});

it("counts any table as it was written", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", "😀", ",", '"', "\n", "\r", " ", ";", "0"), maxLength: 6 });
  const written = (value: string) => `"${value.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }),
      fc.constantFrom("\n", "\r\n"),
      async (rows, newline) => {
        const content = rows.map((row) => row.map(written).join(",")).join(newline);
        const scanned = await scan(content, { first: rows.length });
        expect(scanned).toMatchObject({ records: rows.length, fields: 3, mixedNewlines: false });
        expect(scanned.first).toEqual(rows);
      },
    ),
    { numRuns: 100 },
  );
});
