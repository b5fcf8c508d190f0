import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { packageRoot } from "../files/index.ts";
import { readLock } from "../python/lock-file.ts";
import { requirementSet } from "../python/requirements.ts";
import { findAlgorithm, suggestAlgorithm } from "./algorithms.ts";
import { modelBody, packageSets } from "./environment.ts";

const here = { file: "pipelines/model.yml", line: 1, column: 1 };

it.each(packageSets.map((packages) => [packages.join(" and ") || "scikit-learn alone", packages] as const))(
  "%s has a lock that comes with Headrace, and nothing in it that training does not need",
  (_name, packages) => {
    const body = modelBody("train", packages, here);
    const { name } = requirementSet(body, []);
    const lock = readLock(join(packageRoot(), "python", "headrace_models", "locks", `${name}.lock.txt`));
    expect(lock?.packages).toMatchObject({ "scikit-learn": "1.9.1", skops: "0.16.0" });
    expect(Object.keys(lock?.packages ?? {})).not.toContain("pandas");
    expect(existsSync(body.file)).toBe(true);
  },
);

it.each([
  ["random_forest", "sklearn.ensemble.RandomForestClassifier", "sklearn.ensemble.RandomForestRegressor"],
  ["RandomForestClassifier", "sklearn.ensemble.RandomForestClassifier", undefined],
  ["sklearn.ensemble.RandomForestRegressor", undefined, "sklearn.ensemble.RandomForestRegressor"],
  ["Random Forest", "sklearn.ensemble.RandomForestClassifier", "sklearn.ensemble.RandomForestRegressor"],
  ["logistic", "sklearn.linear_model.LogisticRegression", undefined],
  ["linear_regression", undefined, "sklearn.linear_model.LinearRegression"],
  ["xgb", "xgboost.XGBClassifier", "xgboost.XGBRegressor"],
  ["LGBMClassifier", "lightgbm.LGBMClassifier", undefined],
])("%s is known by its scikit-learn name or a short one", (written, classification, regression) => {
  const estimators = findAlgorithm(written)?.estimators;
  expect([estimators?.classification, estimators?.regression]).toEqual([classification, regression]);
});

it("suggests the nearest algorithm", () => {
  expect(findAlgorithm("random_forrest")).toBeNull();
  expect(suggestAlgorithm("random_forrest")).toBe("Did you mean random_forest?");
});
