import { StudioPage } from "../pages/studio-page.ts";
import { expect, problemsInEveryLook, test } from "../support/fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { ownProject, startStudio } from "../support/studio-host.ts";

const files = {
  "headrace.yml": "name: shop\n",
  "pipelines/events.yml": `kind: transform
name: events
transform: |
  select range % 20 as customer_id, timestamp '2024-01-01' + to_days((range % 90)::integer) as seen,
    (range * 7) % 50 as spent, (range * 7) % 50 > 25 as is_large, range as id
  from range(400)
`,
  "pipelines/spending.yml": `kind: feature_group
name: spending
entity: customer
event_time: seen
features: [spent]
inputs: [transform.events]
`,
  "pipelines/recent.yml": `kind: aggregation
name: recent
inputs: [transform.events]
id_col: customer_id
time_column: seen
mode: as_of
as_of: 2024-03-31
aggregations: [{column: spent, function: sum, window: 7d}, {column: spent, function: avg, window: 30d}]
`,
  "pipelines/checked.yml": `kind: rule
name: checked
inputs: [transform.events]
rules:
  - {id: small_enough, range: {column: spent, max: 40}, severity: warn}
  - {id: has_id, not_null: id}
`,
  "pipelines/handed.yml": `kind: exposure
name: handed
type: file
params: {path: out/events.csv}
contract: {primary_key: id, rows: {min: 100}}
inputs: [transform.events]
`,
  "pipelines/large.yml": `kind: model
name: large
algorithm: logistic_regression
target: is_large
exclude: [id]
inputs: [transform.events]
`,
};

test("each kind shows what its runs found; by keyboard alone", async ({ page, complaints }) => {
  test.setTimeout(240_000);
  await using project = await ownProject(files);
  await using host = await startStudio(project.root);
  const studio = new StudioPage(page);
  const keyboard = new Keyboard(page);
  await keyboard.alone();
  await studio.open(host.url);
  const insight = page.getByRole("region", { name: /^Insight into/ });
  const choose = async (node: string): Promise<void> => {
    await keyboard.command(node);
    await keyboard.command("Show Insight");
  };

  await choose("rule.checked");
  await expect(insight).toContainText("It has not run yet");
  await page.keyboard.press("F5");
  await expect(studio.bottom.content).toContainText("6 ran, 0 cached, 0 failed", { timeout: 150_000 });
  await keyboard.command("Show Insight");
  await expect(insight).toContainText("2 checks");
  await expect(insight.getByRole("row", { name: /small_enough/ })).toContainText("warns");
  await expect(insight.getByRole("grid")).toBeVisible();
  await studio.picture("insight-rule");
  expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);

  await choose("feature_group.spending");
  await expect(insight.getByRole("row", { name: /seen event time/ })).toBeVisible();
  await expect(insight).toContainText("all 20 rows");
  await keyboard.tabTo(insight.getByRole("slider", { name: "As of" }));
  await page.keyboard.press("Home");
  await expect(insight).toContainText("all 2 rows");
  await studio.picture("insight-features");
  expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);

  await choose("aggregation.recent");
  await expect(insight).toContainText("7d: from 2024-03-24 00:00:00 to 2024-03-31 00:00:00");
  await expect(insight.getByRole("img", { name: /Histogram of 400 rows with 2 windows/ })).toBeVisible();
  await studio.picture("insight-windows");
  expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);

  await choose("exposure.handed");
  await expect(insight).toContainText("Contract against actual");
  await expect(insight).toContainText("out/events.csv");
  expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);

  await choose("model.large");
  await expect(insight).toContainText("It is the promoted version");
  await expect(insight.getByRole("img", { name: "ROC curve" })).toBeVisible();
  await expect(insight.getByRole("row", { name: /roc_auc/ })).toBeVisible();
  await expect(insight.locator(".insight-confusion")).toBeVisible();
  await studio.picture("insight-model");
  expect(await problemsInEveryLook(page, ".area-bottom")).toEqual([]);
  await studio.command("Theme: dark");
  await studio.picture("insight-model-dark");
  expect(complaints).toEqual([]);
  // The host ends with the test; its page must not go on asking for it.
  await page.goto("about:blank");
});
