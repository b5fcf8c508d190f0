import { expect, it } from "vitest";

import { toErrorData } from "../../../shared/errors/index.ts";
import { ExecutorExecutionError } from "../../../shared/errors/index.ts";
import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { plainStyle } from "../text/style.ts";
import { errorText } from "./error-text.ts";

const failed = (column: number) =>
  toErrorData(
    new ExecutorExecutionError(
      "sql_failed",
      {
        node: "transform.orders",
        params: { node: "transform.orders", detail: "no column amuont" },
        location: { file: "pipelines/orders.yml", line: 3, column },
      },
      { cause: new Error("Binder Error") },
    ),
  );

it("shows code, sentence, place, the line with a caret, and what to do next", async () => {
  await using folder = await temporaryFolder({
    "pipelines/orders.yml": "kind: transform\ntransform: |\n\t  select '日本', amuont from raw\n",
  });
  const lines = errorText(failed(17), { style: plainStyle, root: folder.root, verbose: false });
  expect(lines).toEqual([
    "error sql_failed transform.orders",
    "  The SQL of transform.orders failed: no column amuont",
    "  pipelines/orders.yml:3:17",
    "    3 │ select '日本', amuont from raw",
    "      │                ^",
    "  → Correct the SQL; `headrace preview` shows the tables it reads.",
  ]);
});

it.each([null, "/nowhere"])("leaves the source line out where the file cannot be read (%s)", (root) => {
  expect(errorText(failed(1), { style: plainStyle, root, verbose: false })).toHaveLength(4);
});

it("adds the cause, and no stack trace, with verbose", () => {
  const lines = errorText(failed(1), { style: plainStyle, root: null, verbose: true });
  expect(lines).toContain("  cause: Binder Error");
  expect(lines.join("\n")).not.toContain("error-text.test.ts");
});
