import { expect, it } from "vitest";

import type { TargetResult } from "../../../shared/run/index.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { jsonView, lineView } from "./line-view.ts";
import { events, nodeResult, planStep, runSummary } from "./scripted-run.ts";
import { isUpToDate, summarySentence } from "../../../shared/run/index.ts";

const target: TargetResult = {
  target: "postgresql:warehouse:analytics.orders",
  type: "postgresql",
  mode: "upsert_by_key",
  status: "SUCCESS",
  rows: 1200,
  inserted: 120,
  updated: 3,
  deleted: 0,
  unchanged: 7,
  durationSeconds: 0.1,
  error: null,
};

it("prints one line a node in a pipe: status, name, rows, time, reason and targets", () => {
  const terminal = recordingTerminal();
  {
    using view = lineView(terminal, { verbose: false });
    const written = nodeResult("transform.orders", "SUCCESS");
    const reasons = [
      { kind: "sql_changed", text: "SQL changed", subject: null },
      { kind: "file_changed", text: "orders.csv changed", subject: "orders.csv" },
    ] as const;
    view.event(
      events.planned([
        planStep("source.raw", {
          action: "cached",
          reasons: [{ kind: "up_to_date", text: "up to date", subject: null }],
        }),
        planStep("transform.orders", { reasons }),
        planStep("transform.late", { action: "check" }),
        planStep("transform.after"),
      ]),
    );
    view.event(events.finished(nodeResult("source.raw", "CACHED")));
    view.event(events.finished({ ...written, metadata: { ...written.metadata, targets: [target] } }));
    view.event(events.finished(nodeResult("transform.late", "CACHED")));
    view.event(
      events.finished(
        nodeResult("transform.after", "SKIPPED", { output_path: null, error_message: "transform.bad failed" }),
      ),
    );
  }
  expect(terminal.output()).toMatchInlineSnapshot(`
    "cached     source.raw            1,200 rows            up to date
    ok         transform.orders      1,200 rows    340 ms  SQL changed and 1 more → analytics.orders +120 ~3
    cached     transform.late        1,200 rows            inputs came out the same
    skipped    transform.after                             transform.bad failed
    "
  `);
});

it("prints the event stream as it is with --json", () => {
  const terminal = recordingTerminal();
  using view = jsonView(terminal);
  const stream = [events.planned([planStep("transform.a")]), events.started("transform.a")];
  for (const event of stream) view.event(event);
  expect(
    terminal
      .output()
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  ).toEqual(stream);
});

it.each([
  [{ ran: 8, cached: 14, durationSeconds: 3.2, savedSeconds: 41 }, "8 ran, 14 cached, 0 failed in 3.2 s; 41 s saved"],
  [{ ran: 2, durationSeconds: 0.34 }, "2 ran, 0 cached, 0 failed in 340 ms"],
  [{ ran: 1, failed: 1, skipped: 3, warnings: 1 }, "1 ran, 0 cached, 1 failed, 3 skipped, 1 warning in 200 ms"],
  [{ cancelled: 2 }, "0 ran, 0 cached, 0 failed, 2 cancelled in 200 ms"],
])("ends %j with one sentence", (summary, sentence) => {
  expect(summarySentence(runSummary(summary))).toBe(sentence);
});

it("is up to date only when nothing ran and something is there", () => {
  expect(isUpToDate(runSummary({ cached: 22 }))).toBe(true);
  expect(isUpToDate(runSummary({ cached: 22, ran: 1 }))).toBe(false);
  expect(isUpToDate(runSummary())).toBe(false);
});
