import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { virtualScreen } from "../../../test-support/virtual-screen.ts";
import type { Terminal } from "../terminal.ts";
import { plainStyle } from "../text/style.ts";
import { progressView } from "./progress-view.ts";
import { events, nodeResult, planStep } from "./scripted-run.ts";

const frame = 100;

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

function openView(columns = 80, rows = 24, verbose = false) {
  const screen = virtualScreen(columns, rows);
  const size = { columns, rows };
  let resized: () => void = () => undefined;
  const terminal: Terminal = {
    interactive: true,
    style: plainStyle,
    columns: () => size.columns,
    rows: () => size.rows,
    onResize(listener) {
      resized = listener;
      return () => undefined;
    },
    write: (text) => screen.write(text),
    writeError: () => undefined,
  };
  const view = progressView(terminal, { verbose, now: () => Date.now() });
  const resize = (newColumns: number, newRows: number): void => {
    Object.assign(size, { columns: newColumns, rows: newRows });
    screen.resize(newColumns, newRows);
    resized();
  };
  return { screen, view, resize };
}

describe("live progress", () => {
  it("shows running nodes with time, rows and phase below the ones that are done", () => {
    const { screen, view } = openView();
    view.event(events.planned([planStep("source.raw"), planStep("transform.orders"), planStep("transform.report")]));
    view.event(events.started("source.raw"));
    view.event(events.finished(nodeResult("source.raw", "SUCCESS")));
    view.event(events.started("transform.orders", 2));
    view.event(events.progress("transform.orders", "writing analytics.orders", 1200, 0.5));
    vi.advanceTimersByTime(3 * frame);
    expect(screen.screen()).toMatchInlineSnapshot(`
      [
        "✓  source.raw            1,200 rows    340 ms  SQL changed",
        "⠸  transform.orders  █████░░░░░  0.3 s  1,200 rows  writing analytics.orders  …",
        "████████░░░░░░░░░░░░░░░░  1/3  1 running  1 waiting  0.3 s",
      ]
    `);
    view[Symbol.dispose]();
    expect(screen.screen()).toEqual(["✓  source.raw            1,200 rows    340 ms  SQL changed", ""]);
    expect(screen.cursorHidden).toBe(false);
  });

  it.each([
    [80, 24],
    [80, 6],
    [40, 3],
    [20, 2],
    [10, 1],
  ])("never draws more than a terminal of %i × %i holds, so nothing is drawn twice", (columns, rows) => {
    const { screen, view } = openView(columns, rows);
    const names = Array.from({ length: 40 }, (_, at) => `transform.node_with_a_long_name_${at}`);
    view.event(events.planned(names.map((name) => planStep(name))));
    for (const name of names) view.event(events.started(name));
    vi.advanceTimersByTime(20 * frame);
    expect(screen.screen().length).toBeLessThanOrEqual(rows);
    expect(screen.all().filter((line) => line.startsWith("░░░░"))).toHaveLength(1);
    view[Symbol.dispose]();
    expect(screen.all().join("").trim()).toBe("");
  });

  it("cleans up after the terminal became narrower while it drew", () => {
    const { screen, view, resize } = openView(120, 20);
    const names = Array.from({ length: 5 }, (_, at) => `transform.a_rather_long_node_name_${at}`);
    view.event(events.planned(names.map((name) => planStep(name))));
    for (const name of names) view.event(events.started(name));
    for (const name of names)
      view.event(events.progress(name, "a phase that says what is going on in detail", 10, 0.1));
    vi.advanceTimersByTime(frame);
    resize(50, 20);
    vi.advanceTimersByTime(frame);
    expect(screen.screen()).toHaveLength(6);
    view[Symbol.dispose]();
    expect(screen.all().join("").trim()).toBe("");
  });

  it("keeps cached nodes to a count, and failures on the screen", () => {
    const { screen, view } = openView(100);
    view.event(events.planned([planStep("source.raw", { action: "cached" }), planStep("transform.bad")]));
    view.event(events.finished(nodeResult("source.raw", "CACHED")));
    view.event(events.started("transform.bad"));
    const error = {
      code: "sql_failed",
      message: "The SQL failed: no column amuont",
      next: "Correct it.",
      node: "transform.bad",
      location: null,
      params: {},
      cause: null,
    } as const;
    view.event(events.finished(nodeResult("transform.bad", "FAILED", { error })));
    vi.advanceTimersByTime(frame);
    expect(screen.screen()).toEqual([
      "✗  transform.bad                    340 ms  sql_failed: The SQL failed: no column amuont",
      "████████████████████████  2/2  0 running  0 waiting  1 failed  0.1 s",
    ]);
    view[Symbol.dispose]();
  });

  it("says that it is stopping", () => {
    const { screen, view } = openView();
    view.event(events.planned([planStep("transform.slow")]));
    view.event(events.started("transform.slow"));
    view.notice("stopping …");
    expect(screen.screen().at(-1)).toContain("stopping …");
    view[Symbol.dispose]();
  });

  it("prints logs only when they matter, or with verbose", () => {
    const quiet = openView(100);
    const loud = openView(100, 24, true);
    for (const { view } of [quiet, loud]) {
      view.event(events.planned([planStep("transform.a")]));
      view.event(events.log("transform.a", "half way\u001B[2J"));
      view.event(events.log("transform.a", "disk nearly full", "warning", "log"));
      view[Symbol.dispose]();
    }
    expect(quiet.screen.all()).toEqual(["  transform.a warning │ disk nearly full", ""]);
    expect(loud.screen.all()).toEqual([
      "  transform.a stdout │ half way�[2J",
      "  transform.a warning │ disk nearly full",
      "",
    ]);
  });
});
