import { describe, expect, it } from "vitest";

import { formatBytes, formatCount, formatSeconds, plural, visible } from "./format.ts";
import { plainStyle } from "./style.ts";
import { renderTable } from "./table.ts";
import { padLeft, textWidth, truncate } from "./width.ts";

describe("widths", () => {
  it.each([
    ["orders", 6],
    ["", 0],
    ["日本語", 6],
    ["naïve", 5],
    ["nai\u0308ve", 5],
    ["👩‍👩‍👧", 2],
    ["한국", 4],
    ["\u001B[31mred\u001B[39m", 3],
  ])("%j takes %i cells", (text, cells) => {
    expect(textWidth(text)).toBe(cells);
  });

  it.each([
    ["orders", 6, "orders"],
    ["orders", 4, "ord…"],
    ["日本語", 4, "日…"],
    ["日本語", 5, "日本…"],
    ["orders", 1, "…"],
    ["orders", 0, ""],
  ])("%j cut to %i cells is %j", (text, width, cut) => {
    expect(truncate(text, width)).toBe(cut);
    expect(textWidth(truncate(text, width))).toBeLessThanOrEqual(width);
  });
});

describe("numbers as people write them", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [1_204_331, "1,204,331"],
  ])("%i is %s", (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [0, "0 ms"],
    [0.3401, "340 ms"],
    [0.9996, "1.0 s"],
    [3.24, "3.2 s"],
    [9.96, "10 s"],
    [41.4, "41 s"],
    [59.7, "1 min 0 s"],
    [125, "2 min 5 s"],
    [3840, "1 h 4 min"],
  ])("%f seconds are %s", (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1500, "1.5 kB"],
    [999_600, "1.0 MB"],
    [60_123_456, "60 MB"],
  ])("%i bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it("counts one and many", () => {
    expect([plural(1, "row"), plural(0, "row"), plural(1200, "row")]).toEqual(["1 row", "0 rows", "1,200 rows"]);
  });
});

it("shows control characters instead of obeying them", () => {
  expect(visible("a\nb\t\u001B[2Jc\u202Ed")).toBe("a↵b⇥�[2Jc�d");
});

describe("tables", () => {
  const columns = [{ title: "name" }, { title: "rows", align: "right" }, { title: "why", shrink: true }] as const;
  const rows = [
    [{ text: "日本" }, { text: "12" }, { text: "SQL changed" }],
    [{ text: "transform.orders" }, { text: "1,204,331" }, { text: "a much longer reason than fits" }],
  ];

  it("aligns by cells, not by characters", () => {
    expect(renderTable(columns, rows, { width: null, style: plainStyle })).toMatchInlineSnapshot(`
      [
        "name                   rows  why",
        "日本                     12  SQL changed",
        "transform.orders  1,204,331  a much longer reason than fits",
      ]
    `);
  });

  it.each([60, 50, 40, 30])("never exceeds %i columns", (width) => {
    for (const line of renderTable(columns, rows, { width, style: plainStyle })) {
      expect(textWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  it("paints what is shown, padding left out", () => {
    const paint = (text: string): string => `<${text}>`;
    const [, line] = renderTable([{ title: "a" }, { title: "b" }], [[{ text: "x", paint }, { text: "y" }]], {
      width: null,
      style: plainStyle,
    });
    expect(line).toBe("<x>  y");
  });

  it("pads to the left", () => expect(padLeft("日", 4)).toBe("  日"));
});
