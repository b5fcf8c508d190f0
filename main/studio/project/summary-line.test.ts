import { expect, it } from "vitest";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import { summaryLine } from "./summary-line.ts";

const sql = (text: string): PipelineNode =>
  ({ kind: "transform", config: { params: {} }, body: { language: "sql", text } }) as unknown as PipelineNode;
const node = (kind: string, config: object, body: object | null = null): PipelineNode =>
  ({ kind, config: { params: {}, ...config }, body }) as unknown as PipelineNode;

it.each([
  ["the filter", sql("select * from a\nwhere  x > 1 -- only\norder by y"), "where x > 1"],
  [
    "a join's keys",
    sql("select * from ref('source.a') join ref('source.b') using (id) limit 3"),
    "join source.b using (id)",
  ],
  [
    "the newest of each",
    sql("select * from a qualify row_number() over (partition by k) = 1"),
    "qualify row_number() over (partition by k) = 1",
  ],
  ["the grouping", sql("SELECT day, count(*) FROM a GROUP BY day ORDER BY day"), "GROUP BY day"],
  [
    "the beginning where nothing tells more",
    sql("/* c */ select a.*, 1 as one from a group by all"),
    "select a.*, 1 as one from a group by all",
  ],
  ["a source's type and place", node("source", { source: "csv", table: "data/a.csv" }), "csv · data/a.csv"],
  [
    "a pushed-down query before the table",
    node("source", { source: "postgresql", table: "t", query: "select 1" }),
    "postgresql · select 1",
  ],
  [
    "a Python function",
    node("transform", {}, { language: "python", file: "p/a.py", function: "score" }),
    "p/a.py · score()",
  ],
  ["a rule", node("rule", { rule: "amount > 0" }), "amount > 0"],
  ["nothing", node("exposure", {}), ""],
])("tells %s", (_what, given, line) => {
  expect(summaryLine(given)).toBe(line);
});

it("is one line of a bounded length, whatever the SQL", () => {
  const line = summaryLine(sql(`select * from a where ${"x = 1 or ".repeat(5000)} y`));
  expect(line).toHaveLength(120);
  expect(line).not.toContain("\n");
});
