import { expect, it } from "vitest";

import { parseCopyText } from "./copy-text.ts";

it.each([
  ["", []],
  ["1\ta\n", [["1", "a"]]],
  ["\\N\t\n", [[null, ""]]],
  [
    "a\\tb\\nc\t\\\\N\n2\tx\n",
    [
      ["a\tb\nc", "\\N"],
      ["2", "x"],
    ],
  ],
  ["\n", [[""]]],
])("COPY's text %j", (copied, rows) => {
  expect(parseCopyText(copied)).toEqual(rows);
});
