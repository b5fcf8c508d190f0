import { describe, expect, it } from "vitest";

import { readRule, type Measured } from "./promotion.ts";

const metrics = ["roc_auc", "f1", "log_loss"];
const measured = (changes: Partial<Measured> = {}): Measured => ({
  model: { roc_auc: 0.81, f1: 0.6, log_loss: null },
  baseline: { roc_auc: 0.5, f1: 0, log_loss: 0.7 },
  promoted: { roc_auc: 0.8, f1: 0.65, log_loss: 0.5 },
  mainMetric: "roc_auc",
  largerIsBetter: true,
  ...changes,
});

const judged = (text: string | null, changes?: Partial<Measured>) => {
  const rule = readRule(text, metrics);
  return "wrong" in rule ? rule.wrong : rule(measured(changes));
};

describe("promote_if", () => {
  it.each([
    [null, true, "there is no promote_if"],
    ["always", true, "promote_if: always"],
    ["never", false, "promote_if: never"],
    ["better", true, "roc_auc 0.81 > promoted.roc_auc 0.8"],
    ["roc_auc > promoted.roc_auc", true, "roc_auc 0.81 > promoted.roc_auc 0.8"],
    ["roc_auc > promoted.roc_auc + 0.02", false, "not roc_auc 0.81 > promoted.roc_auc 0.8 + 0.02"],
    ["roc_auc >= 80% and f1 >= promoted.f1", false, "roc_auc 0.81 >= 80% and not f1 0.6 >= promoted.f1 0.65"],
    [
      "f1 >= promoted.f1 or roc_auc > 1.5 * baseline.roc_auc",
      true,
      "not f1 0.6 >= promoted.f1 0.65 or roc_auc 0.81 > 1.5 * baseline.roc_auc 0.5",
    ],
    ["(f1 > 1 or roc_auc > 0.8) and f1 > 0.5", true, "not f1 0.6 > 1 or roc_auc 0.81 > 0.8 and f1 0.6 > 0.5"],
    ["log_loss < promoted.log_loss", false, "log_loss < promoted.log_loss 0.5 has no value"],
  ])("%s", (text, holds, told) => {
    expect(judged(text)).toEqual({ holds, told });
  });

  it("compares with nothing while nothing is promoted, and still asks the rest", () => {
    const first = { promoted: null };
    expect(judged("better", first)).toEqual({ holds: true, told: "no version is promoted yet" });
    expect(judged("roc_auc > promoted.roc_auc and roc_auc > 0.9", first)).toMatchObject({ holds: false });
    expect(judged("better", { mainMetric: "log_loss", largerIsBetter: false })).toMatchObject({ holds: false });
  });

  it.each([
    ["", "it ends where a metric or a number is expected"],
    ["roc_auc", "a comparison (>, >=, <, <=, ==) is missing"],
    ["roc_auc > ", "it ends where a metric or a number is expected"],
    ["auc > 0.5", "`auc` is not a metric"],
    ["old.roc_auc > 0.5", "`old` is none of model, promoted and baseline"],
    ["roc_auc > 0.5 f1", "`f1` is too much"],
    ["(roc_auc > 0.5", "a closing bracket is missing"],
    ["roc_auc > process.exit(1)", "`process` is none of model, promoted and baseline"],
    ["roc_auc > ;", "`;` is not a metric"],
  ])("%s is refused", (text, wrong) => {
    expect(judged(text)).toBe(wrong);
  });
});
