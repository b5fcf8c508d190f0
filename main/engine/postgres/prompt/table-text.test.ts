import { describe, expect, it } from "vitest";

import { alignedText, displayWidth, expandedText, printable } from "./table-text.ts";

const table = {
  columns: ["id", "名前", "note"],
  rightAligned: [true, false, false],
  rows: [
    ["1", "日本", null],
    ["20", "Zoë", "two\nlines"],
  ],
};

describe("tables", () => {
  it("stand in columns whatever the width of their signs", () => {
    expect(alignedText(table)).toMatchInlineSnapshot(`
      " id | 名前 | note
      ----+------+------------
        1 | 日本 | NULL
       20 | Zoë  | two\\nlines
      (2 rows)"
    `);
  });

  it("stand one column a line when asked", () => {
    expect(expandedText({ ...table, rows: table.rows.slice(0, 1) })).toMatchInlineSnapshot(`
      "-[ RECORD 1 ]
      id   | 1
      名前 | 日本
      note | NULL
      (1 row)"
    `);
  });

  it("show signs that would steer a terminal as text", () => {
    expect(printable("a\u001b[31mred\u0007\u009b2J")).toBe(String.raw`a\x1b[31mred\x07\x9b2J`);
  });

  it.each([
    ["abc", 3],
    ["日本", 4],
    ["é", 1],
    ["e\u0301", 1],
    ["🙂", 2],
  ])("%s is %i columns wide", (text, width) => expect(displayWidth(text)).toBe(width));
});
