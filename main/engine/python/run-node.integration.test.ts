import { expect, it } from "vitest";

import { pythonFolder } from "../../../test-support/python.ts";

it("runs a function in an environment of its own packages and keeps its pandas frame", async () => {
  await using folder = await pythonFolder(`
import pandas as pd
from headrace import transform

@transform(name="run")
def run(ctx):
    print("hello")
    return pd.DataFrame({"a": [1, 2], "b": ["x", None]})
`);
  const body = folder.body({ dependencies: ["pandas"] });
  const output = await folder.run({ body });
  expect(output).toMatchObject({ rows: 2, file: expect.stringMatching(/output\.parquet$/) });
  expect(folder.lines).toContainEqual({ level: "info", text: "hello", stream: "stdout" });
});
