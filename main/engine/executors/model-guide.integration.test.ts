import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/guide/model.md"), "utf8");

const nodes = `kind: transform
name: flights
transform: |
  select i as flight, i % 40 as tail, ['JFK', 'SFO'][1 + i % 2] as origin, timestamp '2013-01-01' + to_hours(i::int) as departs,
    (i % 40) * 17 % 100 + i * 31 % 40 > 70 as is_late
  from range(900) t(i)
---
kind: transform
name: planned
transform: select * exclude (is_late) from transform.flights where flight >= 890
---
kind: feature_group
name: aircraft
join_keys: [tail]
event_time: seen
transform: select i as tail, timestamp '2012-12-01' as seen, i * 17 % 100 as age from range(40) t(i)
---
kind: feature_group
name: routes
join_keys: [origin]
event_time: seen
transform: select unnest(['JFK', 'SFO']) as origin, timestamp '2012-12-01' as seen, unnest([10, 20]) as distance
`;

it("every example of the guide runs, and does what it says", { timeout: 300_000 }, async () => {
  const [model = "", predict = "", ...others] = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text);
  expect(others).toEqual([]);
  await using project = await temporaryProject({
    "pipelines/nodes.yml": nodes,
    "pipelines/late.yml": model.replace("200", "10"),
    "pipelines/tomorrow.yml": predict,
  });
  const { summary, results } = await project.run();
  expect(summary.exitCode).toBe(0);
  expect(results["model.late"]?.metadata).toMatchObject({ promoted: true, split: { kind: "time", column: "departs" } });
  expect(results["predict.tomorrow"]).toMatchObject({ status: "SUCCESS", row_count: 10 });
  const [planned = {}] = await project.rows("predict.tomorrow", 1);
  const added = ["prediction", "probability", "model_version"];
  expect(Object.keys(planned)).toEqual(["flight", "tail", "origin", "departs", ...added]);

  const tables = new Set([...guide.matchAll(/^\| `(model\.late[\w]*)` \|/gm)].map(([, name = ""]) => name));
  expect(tables.size).toBe(8);
  for (const table of tables) expect([table, (await project.rows(table, 1)).length]).toEqual([table, 1]);
  const folds = (await project.rows("model.late__metrics", 500)).filter(({ split }) => split === "cv");
  expect(new Set(folds.map(({ fold }) => fold))).toEqual(new Set(["1", "2", "3", "4", "5"]));
  const metrics = new Set(folds.map(({ metric }) => metric));
  for (const name of metrics) expect(guide).toContain(`\`${name}\``);
});
