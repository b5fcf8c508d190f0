import { expect, it } from "vitest";

import { copyText } from "./copy-text.ts";

const copied = {
  name: "transform.orders",
  columns: [
    { name: "id", type: "BIGINT" },
    { name: 'a "b"', type: "VARCHAR" },
    { name: "paid", type: "BOOLEAN" },
    { name: "at", type: "DATE" },
  ],
  rows: [
    ["9007199254740993", "x|y\tz", "true", "2024-01-31"],
    ["-1", "", null, null],
    [null, 'it\'s\n"so"', "false", "0044-03-15"],
  ],
} as const;

it("as TSV: what spreadsheets take", () => {
  expect(copyText("tsv", copied)).toBe(
    'id\t"a ""b"""\tpaid\tat\n9007199254740993\t"x|y\tz"\ttrue\t2024-01-31\n-1\t\t\t\n\t"it\'s\n""so"""\tfalse\t0044-03-15',
  );
});

it("as CSV: an empty text in quotes, NULL as nothing", () => {
  expect(copyText("csv", copied).split("\n")[2]).toBe('-1,"",,');
});

it("as Markdown: numbers to the right, no bar or line break left", () => {
  expect(copyText("markdown", copied)).toBe(
    [
      '| id | a "b" | paid | at |',
      "| ---: | --- | --- | --- |",
      "| 9007199254740993 | x\\|y\tz | true | 2024-01-31 |",
      "| -1 |  | NULL | NULL |",
      '| NULL | it\'s<br>"so" | false | 0044-03-15 |',
    ].join("\n"),
  );
});

it("as INSERT: values that any server reads back", () => {
  expect(copyText("insert", copied)).toBe(
    `INSERT INTO "transform"."orders" ("id", "a ""b""", "paid", "at") VALUES
  (9007199254740993, 'x|y\tz', true, '2024-01-31'),
  (-1, '', NULL, NULL),
  (NULL, 'it''s\n"so"', false, '0044-03-15');`,
  );
});
