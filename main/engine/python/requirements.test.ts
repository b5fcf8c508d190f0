import { expect, it } from "vitest";

import { requirementSet } from "./requirements.ts";

const setOf = (
  dependencies: readonly string[],
  requiresPython: string | null = null,
  defaults: readonly string[] = [],
) => requirementSet({ dependencies, requiresPython, file: "node.py" }, defaults);

it("adds what the runtime needs and names the set after its packages", () => {
  const { requirements, name } = setOf(["Scikit_Learn", "pandas>=2"]);
  expect(requirements).toEqual([
    "Scikit_Learn",
    "duckdb==1.5.5",
    "pandas>=2",
    expect.stringMatching(/^pyarrow==/),
    expect.stringMatching(/^pytz==/),
  ]);
  expect(name).toMatch(/^pandas-scikit-learn\.[0-9a-f]{8}$/);
  expect(setOf([]).name).toMatch(/^base\./);
});

it("leaves the version of a package of the runtime to a file that names it", () => {
  expect(setOf(["pyarrow==21.0.0"]).requirements).toEqual(
    expect.arrayContaining(["pyarrow==21.0.0", expect.stringMatching(/^pyarrow>=/)]),
  );
});

it("is one set whatever the order, the spaces and the place a requirement comes from", () => {
  const one = setOf(["pandas >= 2", "polars"]).name;
  expect(setOf(["polars", "pandas  >=  2"]).name).toBe(one);
  expect(setOf(["polars"], null, ["pandas >= 2"]).name).toBe(one);
  expect(setOf(["polars", "pandas >= 2"], ">=3.12").name).not.toBe(one);
});

it.each(["pandas[parquet]>=2", "a-b.c_d", "x ; python_version < '3.12'", "x>=1,<2", "x (>=1)"])(
  "accepts %s",
  (text) => {
    expect(setOf([text]).requirements).toContain(text);
  },
);

it.each([
  "-e .",
  "--index-url x",
  "x --hash=1",
  "./wheel.whl",
  "x @ file:///x",
  "git+ssh://x",
  "",
  "/etc/passwd",
  "x y",
])("refuses %j", (text) => {
  expect(() => setOf([text])).toThrow(expect.objectContaining({ code: "python_requirement_invalid" }));
});
