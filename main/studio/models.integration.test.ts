import { expect, it } from "vitest";

import { testStudio } from "../../test-support/test-studio.ts";

const { openWindow } = testStudio();

const late = "kind: model\nname: late\nalgorithm: ridge\ntarget: amount\ninputs: [transform.paid]\n";
const [older, newer] = ["v0123456789", "vabcdef0123"] as const;
const scores = { "model.test": { rmse: 2 }, "baseline.test": { rmse: 3 }, "model.train": { rmse: 1 } };
const version = (id: string) => ({
  version: id,
  label: id === older ? "first" : null,
  trained_at: "2024-06-30T00:00:00.000Z",
  run_id: "20240630T000000-abcdef",
  task: "regression",
  algorithm: "Ridge",
  target: "amount",
  packages: [],
  data_hash: "d",
  env_hash: "e",
  artifact_hash: "a",
  train_rows: 8,
  test_rows: 2,
  features: 1,
  main_metric: "rmse",
  larger_is_better: false,
  scores: id === newer ? { ...scores, "promoted.test": { rmse: 1.5 } } : scores,
  promoted: id === older,
  reason: id === older ? "no version is promoted yet" : "not rmse 2 < promoted.rmse 1.5",
});
const report = {
  version: newer,
  node: "model.late",
  task: "regression",
  algorithm: "Ridge",
  hyperparameters: { alpha: 0.5 },
  target: "amount",
  classes: [],
  features: [{ name: "id", kind: "number", type: "int32" }],
  split: { kind: "time", column: "at", cut: 1_719_705_600_000_000, train_rows: 8, test_rows: 2, rows: 10 },
  folds: null,
  seed: 0,
  data_hash: "d",
  env_hash: "e",
  main_metric: "rmse",
  larger_is_better: false,
  scores,
  former: older,
  former_note: null,
  importance: [{ feature: "id", kind: "number", importance: 0.5, deviation: 0.1, metric: "rmse" }],
  warnings: ["id has another value in nearly every row"],
};
const registry = {
  schema_version: 1,
  promoted: older,
  promoted_at: "2024-06-30T00:00:00.000Z",
  promoted_by_hand: false,
  versions: [version(older), version(newer)],
};
const folder = "target/models/late";

it("lists versions, shows one in full, promotes it, and refuses a list that points elsewhere", async () => {
  await using window = await openWindow({
    "pipelines/late.yml": late,
    [`${folder}/versions.json`]: JSON.stringify(registry),
    [`${folder}/${newer}/report.json`]: JSON.stringify(report),
    [`${folder}/${newer}/model_card.md`]: "# model.late\n",
  });
  const { client } = window;
  const [listed] = await client.call("models.list", {});
  expect(listed).toMatchObject({ node: "model.late", promoted: older, promotedByHand: false });
  expect(listed?.versions.map((one) => [one.version, one.isPromoted, one.reason])).toEqual([
    [newer, false, "not rmse 2 < promoted.rmse 1.5"],
    [older, true, "no version is promoted yet"],
  ]);
  expect(listed?.versions[0]?.scores).toEqual({
    model: { rmse: 2 },
    baseline: { rmse: 3 },
    former: { rmse: 1.5 },
    train: { rmse: 1 },
  });

  expect(await client.call("models.show", { node: "late", version: "latest" })).toMatchObject({
    version: newer,
    card: "# model.late\n",
    hyperparameters: { alpha: 0.5 },
    split: { kind: "time", column: "at", from: "2024-06-30T00:00:00.000Z", rows: 10 },
    importance: [{ feature: "id", importance: 0.5 }],
    former: older,
  });
  await expect(client.call("models.show", { node: "late", version: null })).rejects.toMatchObject({
    code: "model_version_gone",
  });
  expect(await client.call("models.promote", { node: "late", version: newer })).toEqual({ version: newer });
  expect(await client.call("models.list", {})).toMatchObject([{ promoted: newer, promotedByHand: true }]);
  await expect(client.call("models.promote", { node: "late", version: "frist" })).rejects.toMatchObject({
    next: "Did you mean first?",
  });

  const hostile = { ...registry, promoted: "../../../etc", versions: [{ ...version(older), version: "../../../etc" }] };
  await window.folder.write({ [`${folder}/versions.json`]: JSON.stringify(hostile) });
  await expect(client.call("models.show", { node: "late" })).rejects.toMatchObject({ code: "model_registry_damaged" });
});
