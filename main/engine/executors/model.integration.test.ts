import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { temporaryProject, type TestRun } from "../../../test-support/temporary-project.ts";

/** Customers whose spending says whether they leave; a later row of each tells it outright. */
const customers = `kind: transform
name: customers
transform: |
  select i as customer_id, timestamp '2024-01-01' as seen, (i * 7919 % 1000) / 1000.0 as spend,
    case when i % 3 = 0 then 'red' when i % 3 = 1 then 'blue' end as colour, null::varchar as verdict
  from range(300) t(i)
  union all by name
  select i as customer_id, timestamp '2025-01-01' as seen, -1.0 as spend,
    case when i * 7919 % 1000 > 500 then 'left' else 'stayed' end as verdict
  from range(300) t(i)
`;
const behaviour = `kind: feature_group
name: behaviour
entity: customer
event_time: seen
features: [spend, colour, verdict]
inputs: [transform.customers]
`;
const regions = `kind: feature_group
name: regions
entity: customer
transform: |
  select i as customer_id, ['north', 'south'][1 + i % 2] as region from range(300) t(i)
`;
const answers = `kind: transform
name: answers
transform: |
  select i % 300 as customer_id, timestamp '2024-02-01' + to_hours(i::int) as asked,
    ((i % 300) * 7919 % 1000 + i * 37 % 300) > 650 as churn
  from range(800) t(i)
`;
const labels = "labels: {ref: transform.answers, target: churn, timestamp: asked}";
const churn = (more = ""): string => `kind: model
name: churn
algorithm: random_forest
hyperparameters: {n_estimators: 10}
features: [{ref: feature_group.behaviour}, {ref: feature_group.regions}]
${labels}
${more}`;
const files = {
  "pipelines/data.yml": [customers, behaviour, regions, answers].join("---\n"),
  "pipelines/churn.yml": churn(),
};

const metadata = (run: TestRun, node: string): Readonly<Record<string, unknown>> => run.results[node]?.metadata ?? {};

/** Every file of the model's versions with its bytes. */
const bytesOf = (root: string, model: string): Readonly<Record<string, string>> => {
  const folder = join(root, "target", "models", model);
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.includes(".") || path.endsWith("MLmodel"),
  );
  return Object.fromEntries(
    paths
      .filter((path) => path !== "versions.json")
      .map((path) => [path, readFileSync(join(folder, path)).toString("base64")]),
  );
};

describe("a model", { timeout: 300_000 }, () => {
  it("learns from features as they were, leaves tables, and the same bytes again without a network", async () => {
    await using project = await temporaryProject({
      ...files,
      "pipelines/after.yml": `kind: transform
name: best
transform: select metric, value from model.churn__metrics where model = 'model' and split = 'test'
---
kind: predict
name: scored
model: churn
inputs: [transform.answers, feature_group.behaviour, feature_group.regions]
timestamp: asked
output_columns: [customer_id, prediction, probability, model_version]
`,
    });
    const plan = await project.plan();
    expect(plan.steps.find(({ node }) => node === "model.churn")?.details).toEqual([
      "trains random_forest to predict churn, seed 0",
      "rows: transform.answers with feature_group.behaviour, feature_group.regions as at asked",
      "split: time by asked, 20 % test",
      "environment: scikit-learn, its own",
      "promoted: always",
    ]);
    const first = await project.run();
    expect(first.summary.error).toBeNull();
    expect(first.results["model.churn"]).toMatchObject({ status: "WARNING", row_count: 800, error: null });
    const told = metadata(first, "model.churn");
    expect(told).toMatchObject({
      algorithm: "RandomForestClassifier",
      task: "classification",
      // The verdict of 2025 was not known in 2024: it has no value then, and is no feature.
      features: ["spend", "colour", "region"],
      split: { kind: "time", train_rows: 640, test_rows: 160 },
      promoted: true,
    });
    expect(told["warnings"]).toContain("verdict has no value in the training rows and is left out");
    expect(String(told["warnings"])).toContain("feature_group.regions has no event_time");

    const [row] = await project.rows("model.churn");
    expect(Object.keys(row ?? {})).toEqual(["customer_id", "asked", "churn", "prediction", "probability", "split"]);
    const figures = Object.fromEntries(
      (await project.rows("transform.best")).map((one) => [one["metric"], one["value"]]),
    );
    expect(Number(figures["roc_auc"])).toBeGreaterThan(0.8);
    for (const table of ["predictions", "metrics", "importance", "confusion", "roc", "pr", "calibration"]) {
      expect([table, (await project.rows(`model.churn__${table}`)).length > 0]).toEqual([table, true]);
    }
    const version = String(told["model_version"]);
    const card = readFileSync(project.path("target", "models", "churn", version, "model_card.md"), "utf8");
    expect(card).toContain("Split: by time; from asked = ");
    expect(readFileSync(project.path("target", "models", "churn", version, "MLmodel"), "utf8")).toContain('"skops"');

    const scored = await project.rows("predict.scored", 800);
    const known = await project.rows("model.churn", 800);
    expect(scored.map((one) => [one["customer_id"], one["prediction"], one["probability"]])).toEqual(
      known.map((one) => [one["customer_id"], one["prediction"], one["probability"]]),
    );
    expect(scored[0]?.["model_version"]).toBe(version);

    expect(new Set(Object.values((await project.run()).statuses))).toEqual(new Set(["CACHED"]));
    const bytes = bytesOf(project.root, "churn");
    await project.restart();
    await using offline = await temporaryProject(
      { ...files },
      { environment: { ...process.env, UV_OFFLINE: "1", UV_INDEX_URL: "http://127.0.0.1:9/simple" } },
    );
    const second = await offline.run();
    expect(second.results["model.churn"]?.error).toBeNull();
    expect(bytesOf(offline.root, "churn")).toEqual(bytes);
    expect(metadata(second, "model.churn")["output_hash"]).toBe(told["output_hash"]);
    expect(metadata(second, "model.churn")["env_hash"]).toBe(told["env_hash"]);
  });

  it("keeps versions, promotes by its rule or by hand, and predictions follow", async () => {
    const scored = `kind: predict
name: scored
model: model.churn
inputs: [transform.answers, feature_group.behaviour, feature_group.regions]
timestamp: asked
`;
    await using project = await temporaryProject({
      ...files,
      "pipelines/churn.yml": churn("promote_if: roc_auc > promoted.roc_auc + 0.01"),
      "pipelines/scored.yml": scored,
    });
    const first = await project.run();
    const one = metadata(first, "model.churn")["model_version"];
    expect(metadata(first, "model.churn")["promotion_reason"]).toBe("no version is promoted yet");
    expect(metadata(first, "predict.scored")["model_version"]).toBe(one);

    await project.write({
      "pipelines/churn.yml": churn("promote_if: roc_auc > promoted.roc_auc + 0.01\nversion: small").replace(
        "10}",
        "2}",
      ),
    });
    const second = await project.run();
    const two = metadata(second, "model.churn")["model_version"];
    expect(metadata(second, "model.churn")).toMatchObject({ promoted: false });
    expect(metadata(second, "model.churn")["promotion_reason"]).toMatch(
      /^not roc_auc \S+ > promoted\.roc_auc \S+ \+ 0\.01$/,
    );
    expect(metadata(second, "predict.scored")["model_version"]).toBe(one);
    const models = new Set((await project.rows("model.churn__roc", 1000)).map((row) => row["model"]));
    expect(models).toEqual(new Set(["model", "baseline", "promoted"]));

    const { listModels, promoteModel, showModel } = await import("../models/room.ts");
    const loaded = await (await project.engine()).project();
    await promoteModel(loaded, "churn", "small");
    expect(listModels(loaded)).toMatchObject([{ node: "model.churn", promoted: two, promoted_by_hand: true }]);
    expect(showModel(loaded, "churn", null)).toMatchObject({
      isPromoted: true,
      version: { version: two, label: "small" },
    });
    const third = await project.run();
    expect(third.statuses).toMatchObject({ "model.churn": "CACHED", "predict.scored": "SUCCESS" });
    expect(metadata(third, "predict.scored")["model_version"]).toBe(two);
    await promoteModel(loaded, "model.churn", String(one));
    expect((await project.run()).statuses["predict.scored"]).toBe("CACHED");
    expect((await project.rows("predict.scored", 1))[0]?.["model_version"]).toBe(one);

    await project.write({ "pipelines/scored.yml": `${scored}version: latset\n` });
    const unknown = (await project.run()).results["predict.scored"]?.error;
    expect(unknown).toMatchObject({ code: "model_version_unknown", next: "Did you mean latest?" });
    expect(() => showModel(loaded, "churm", null)).toThrow(expect.objectContaining({ code: "model_not_found" }));
  });

  it("of the reference runs after the one key that its error names", async () => {
    const reference = `kind: model
name: churn_predictor
algorithm: random_forest
features:
  - ref: feature_group.customer_features
target: churn
hyperparameters:
  n_estimators: 100
  max_depth: 10
`;
    const seeknal = `kind: model
name: leaving
training:
  algorithm: RandomForestClassifier
  params: {n_estimators: 5}
  test_size: 0.2
output_columns: [customer_id, churn]
transform: |
  SELECT customer_id, spend, spend > 0.5 AS churn FROM feature_group.customer_features
inputs:
  - ref: feature_group.customer_features
`;
    const group = `kind: feature_group
name: customer_features
entity: customer
join_keys: [customer_id]
transform: select customer_id, spend, colour from transform.customers where verdict is null
`;
    await using project = await temporaryProject({
      "pipelines/data.yml": [customers, answers, group].join("---\n"),
      "pipelines/reference.yml": reference,
      "pipelines/seeknal.yml": seeknal,
    });
    const before = await project.run({ continueOnError: true });
    const lacking = before.results["model.churn_predictor"]?.error;
    expect(lacking).toMatchObject({ code: "model_target_not_found" });
    expect(lacking?.message).toContain("feature_group.customer_features (customer_id, spend, colour)");
    expect(lacking?.next).toContain("Add `labels: {ref: kind.name, target: churn, timestamp: <column>}`");
    const silent = before.results["model.leaving"]?.error;
    expect(silent).toMatchObject({ code: "model_target_missing", next: "Add `target: <column>`." });

    await project.write({
      "pipelines/reference.yml": `${reference}${labels}\n`,
      "pipelines/seeknal.yml": `${seeknal}target: churn\n`,
    });
    const after = await project.run({ continueOnError: true });
    expect(after.results["model.churn_predictor"]?.error).toBeNull();
    expect(after.results["model.leaving"]?.error).toBeNull();
    const [row] = await project.rows("model.leaving");
    expect(Object.keys(row ?? {})).toEqual(["customer_id", "churn", "prediction", "probability", "split"]);
    expect(String(metadata(after, "model.leaving")["warnings"])).toContain("spend alone tells churn");
  });

  it("stops at its timeout and when the run is cancelled, and leaves no version", async () => {
    const endless = churn("timeout: 4s").replace("n_estimators: 10", "n_estimators: 1000000");
    await using project = await temporaryProject({ ...files, "pipelines/churn.yml": endless });
    const slow = await project.run();
    expect(slow.results["model.churn"]?.error).toMatchObject({ code: "node_timeout" });
    expect(existsSync(project.path("target", "models", "churn", "versions.json"))).toBe(false);

    const control = new AbortController();
    await using other = await temporaryProject(
      { ...files, "pipelines/churn.yml": endless.replace("timeout: 4s", "") },
      { signal: control.signal },
    );
    const cancelled = await other.run({}, (event) => {
      if (event.type === "progress" && event.phase.startsWith("training")) control.abort();
    });
    expect(cancelled.statuses["model.churn"]).toBe("CANCELLED");
    expect(existsSync(other.path("target", "models", "churn", "versions.json"))).toBe(false);
  });
});
