import { expect, it } from "vitest";

import { plainStyle } from "../text/style.ts";
import { textWidth } from "../text/width.ts";
import { pageCsv, pageJson, pageSentence, pageTable } from "./page-text.ts";

const page = {
  columns: [
    { name: "id", type: "BIGINT" },
    { name: "name", type: "VARCHAR" },
    { name: "amount", type: "DECIMAL(38,2)" },
    { name: "ok", type: "BOOLEAN" },
  ],
  rows: [
    ["1", "日本", "10.50", "true"],
    ["9007199254740993", "", "99999999999999999999999999999999999.10", "false"],
    [null, null, null, null],
    ["4", "NULL", "-1.00", "true"],
    ["5", " padded ", "0.00", "true"],
    ["6", 'two\nlines, and "quotes"', "1.00", "true"],
  ],
  totalRows: 6,
};

it("tells NULL, '' and blanks apart, aligns numbers right and keeps every digit", () => {
  expect(`\n${pageTable(page, { style: plainStyle, width: null }).join("\n")}\n`).toMatchInlineSnapshot(`
    "
                  id  name                                                     amount  ok
                   1  日本                                                      10.50  true
    9007199254740993  ''                       99999999999999999999999999999999999.10  false
                NULL  NULL                                                       NULL  NULL
                   4  'NULL'                                                    -1.00  true
                   5  ' padded '                                                 0.00  true
                   6  two↵lines, and "quotes"                                    1.00  true
    "
  `);
});

it("keeps numbers exact in JSON: integers beyond 2^53 and decimals are text", () => {
  expect(pageJson(page).slice(0, 3)).toEqual([
    '{"id":1,"name":"日本","amount":"10.50","ok":true}',
    '{"id":"9007199254740993","name":"","amount":"99999999999999999999999999999999999.10","ok":false}',
    '{"id":null,"name":null,"amount":null,"ok":null}',
  ]);
});

it("writes CSV in which NULL and an empty text differ", () => {
  expect(pageCsv(page)).toEqual([
    "id,name,amount,ok",
    "1,日本,10.50,true",
    '9007199254740993,"",99999999999999999999999999999999999.10,false',
    ",,,",
    "4,NULL,-1.00,true",
    '5," padded ",0.00,true',
    '6,"two\nlines, and ""quotes""",1.00,true',
  ]);
});

it.each([
  [0, "6 rows"],
  [10, "rows 11–16 of 6"],
])("says what a page at %i covers", (offset, sentence) => expect(pageSentence(page, offset)).toBe(sentence));

it("says when a page is not the whole", () => {
  expect(pageSentence({ ...page, totalRows: 1_204_331 }, 20)).toBe("rows 21–26 of 1,204,331");
  expect(pageSentence({ ...page, rows: [], totalRows: 6 }, 20)).toBe("no rows here, of 6 rows");
});

it.each([120, 60, 30])("fits %i columns and names what was left out", (width) => {
  const wide = {
    columns: Array.from({ length: 50 }, (_, at) => ({ name: `column_${at}`, type: "VARCHAR" })),
    rows: [Array.from({ length: 50 }, (_, at) => `a value that is long ${at}`)],
    totalRows: 1,
  };
  const lines = pageTable(wide, { style: plainStyle, width });
  expect(Math.max(...lines.slice(0, 2).map(textWidth))).toBeLessThanOrEqual(width);
  expect(lines.at(-1)).toContain("more columns: ");
  expect(lines.at(-1)).toContain("column_49");
});
