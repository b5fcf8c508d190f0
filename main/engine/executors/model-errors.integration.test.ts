import { describe, expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const data = `kind: transform
name: rows
transform: |
  select i as id, i % 7 as x, i % 2 = 0 as y, 'one' as same, timestamp '2024-01-01' + to_hours(i::int) as moment
  from range(60) t(i)
---
kind: transform
name: empty
transform: select * from transform.rows where id < 0
---
kind: transform
name: other
transform: select id, 'text' as x, moment from transform.rows
---
kind: transform
name: narrow
transform: select id, moment from transform.rows
---
kind: feature_group
name: timed
entity: row
join_keys: [id]
event_time: moment
transform: select id, moment, x as fx from transform.rows
---
kind: feature_group
name: twice
entity: row
join_keys: [id]
transform: select id % 5 as id, x as fx from transform.rows
---
kind: feature_group
name: clash
entity: row
join_keys: [id]
transform: select id, x from transform.rows
`;

const single = "inputs: [transform.rows]";
const algorithm = "algorithm: logistic_regression";
const target = "target: y";
const labels = (more: string): string => `labels: {ref: transform.rows, target: y${more}}`;

/** By code: what a model's file says beside its kind and name, and a part of what the person reads. */
const mistakes: readonly (readonly [string, string, string])[] = [
  ["model_algorithm_missing", `${target}\n${single}`, "Add `algorithm: random_forest`"],
  [
    "model_algorithm_unknown",
    `algorithm: logistic_regresion\n${target}\n${single}`,
    "Did you mean logistic_regression?",
  ],
  ["model_algorithm_task", `${algorithm}\ntask: regression\n${target}\n${single}`, "does not do regression"],
  ["model_spelled_twice", `${algorithm}\ntraining: {algorithm: ridge}\n${target}\n${single}`, "its algorithm twice"],
  ["model_target_missing", `${algorithm}\n${single}`, "Add `target: <column>`"],
  ["model_target_not_found", `${algorithm}\ntarget: why\n${single}`, "transform.rows (id, x, y, same, moment)"],
  [
    "model_target_not_found",
    `${algorithm}\nlabels: {ref: transform.rows, target: z}`,
    "Name a column of transform.rows",
  ],
  ["model_input_missing", `${algorithm}\n${target}`, "reads no node"],
  ["model_inputs_several", `${algorithm}\n${target}\ninputs: [transform.rows, transform.other]`, "become one table"],
  ["model_feature_not_group", `${algorithm}\nfeatures: [transform.other]\n${labels("")}`, "transform.other is not a"],
  [
    "model_label_time_missing",
    `${algorithm}\nfeatures: [feature_group.timed]\n${labels("")}`,
    "Add `labels.timestamp: <column>`",
  ],
  [
    "model_column_missing",
    `${algorithm}\nfeatures: [feature_group.timed]\n${labels(", timestamp: momen")}`,
    "Did you mean moment?",
  ],
  [
    "model_column_missing",
    `${algorithm}\n${target}\n${single}\nexclude: [nope]`,
    "no column nope, which exclude names",
  ],
  ["model_group_repeats", `${algorithm}\nfeatures: [feature_group.twice]\n${labels("")}`, "12 rows for id = 0"],
  ["training_set_names_collide", `${algorithm}\nfeatures: [feature_group.clash]\n${labels("")}`, "x"],
  ["model_split_column", `${algorithm}\n${target}\n${single}\nsplit: {kind: group}`, "Add `column` to `split`"],
  ["model_split_column", `${algorithm}\n${target}\n${single}\nsplit: {kind: time}`, "Add `column` to `split`"],
  [
    "model_time_type",
    `${algorithm}\n${target}\n${single}\nsplit: {kind: time, column: x}`,
    "needs a date or timestamp",
  ],
  [
    "model_split_at",
    `${algorithm}\n${target}\n${single}\nsplit: {kind: time, column: moment, at: soon}`,
    "which is not a moment",
  ],
  ["model_metric_unknown", `${algorithm}\n${target}\n${single}\nmetrics: [roc_acu]`, "Did you mean roc_auc?"],
  ["model_promotion_invalid", `${algorithm}\n${target}\n${single}\npromote_if: roc_auc`, "a comparison"],
  ["model_pickle_refused", `${algorithm}\n${target}\n${single}\nartifact: {format: pickle}`, "allow_pickle"],
];

it("tells each mistake of a model's file before Python is started", async () => {
  const files = mistakes.map(
    ([, body], at) => [`pipelines/m${at}.yml`, `kind: model\nname: m${at}\n${body}\n`] as const,
  );
  await using project = await temporaryProject({ "pipelines/data.yml": data, ...Object.fromEntries(files) });
  const { results } = await project.run({ continueOnError: true });
  const told = mistakes.map((_, at) => results[`model.m${at}`]?.error);
  expect(told.map((error) => error?.code)).toEqual(mistakes.map(([code]) => code));
  mistakes.forEach(([, , part], at) => {
    expect(`${told[at]?.message} ${told[at]?.next}`).toContain(part);
    expect(told[at]?.message).toContain(`model.m${at}`);
    expect(told[at]?.location?.file ?? `pipelines/m${at}.yml`).toBe(`pipelines/m${at}.yml`);
  });
});

describe("what only the rows tell", { timeout: 300_000 }, () => {
  it("is told with node, column and remedy, by a model and by a prediction", async () => {
    await using project = await temporaryProject({
      "pipelines/data.yml": data,
      "pipelines/models.yml": [
        `kind: model\nname: good\n${algorithm}\n${target}\n${single}\nexclude: [id]\nsplit: {kind: group, column: x}\nartifact: {format: pickle, allow_pickle: true}\n`,
        `kind: model\nname: same\n${algorithm}\ntarget: same\n${single}\n`,
        `kind: model\nname: none\n${algorithm}\n${target}\ninputs: [transform.empty]\n`,
        `kind: predict\nname: lacks\nmodel: good\ninputs: [transform.narrow]\n`,
        `kind: predict\nname: differs\nmodel: good\ninputs: [transform.mixed]\n`,
        `kind: predict\nname: nothing\nmodel: good\ninputs: [transform.empty]\n`,
        `kind: predict\nname: alone\nmodel: good\n`,
        `kind: predict\nname: wrong\nmodel: transform.rows\ninputs: [transform.rows]\n`,
        `kind: transform\nname: mixed\ntransform: select id, x, 1 as same, moment from transform.rows\n`,
        `kind: predict\nname: untrained\nmodel: same\ninputs: [transform.rows]\n`,
      ].join("---\n"),
    });
    const { results, statuses } = await project.run({ continueOnError: true });
    const codes = Object.fromEntries(Object.entries(results).map(([id, { error }]) => [id, error?.code]));
    expect(codes).toMatchObject({
      "model.good": undefined,
      "model.same": "model_one_class",
      "model.none": "model_no_rows",
      "predict.lacks": "model_columns_missing",
      "predict.differs": "model_column_type",
      "predict.nothing": undefined,
      "predict.alone": "predict_input_missing",
      "predict.wrong": "predict_not_a_model",
    });
    expect(statuses["predict.untrained"]).toBe("SKIPPED");
    expect(results["model.same"]?.error?.message).toBe(
      "model.same: the target same of transform.rows is one in all 60 rows",
    );
    expect(results["model.same"]?.error?.location).toMatchObject({ file: "pipelines/models.yml" });
    expect(results["predict.lacks"]?.error?.message).toContain("transform.narrow lacks same");
    expect(results["predict.differs"]?.error?.message).toContain("same of transform.mixed is int32");
    expect(results["predict.nothing"]).toMatchObject({ row_count: 0, status: "SUCCESS" });
    const page = await (
      await project.engine()
    ).preview("predict.nothing", { offset: 0, limit: 1 }, new AbortController().signal);
    expect(page.columns.map(({ name, type }) => `${name} ${type}`)).toContain("prediction BOOLEAN");
  });
});
