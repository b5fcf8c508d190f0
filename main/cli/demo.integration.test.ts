import { Client } from "pg";
import { expect, it } from "vitest";

import { runCli } from "../../test-support/run-cli.ts";
import { temporaryFolder } from "../../test-support/temporary-folder.ts";
import { testDataDir } from "../../test-support/temporary-project.ts";

const environment = { HEADRACE_HOME: testDataDir };

// What another program must find.
const expected = {
  "gold.aircraft_utilisation": 4037,
  "gold.carrier_ranking": 185,
  "gold.daily_operations": 1095,
  "gold.disruptions": 63,
  "gold.holiday_travel": 10,
  "gold.late_risk": 759,
  "gold.route_delay_windows": 223,
  "gold.route_delays": 343,
  "gold.weather_effect": 16,
  "reference.airlines": 16,
};

it("sets everything up, fills PostgreSQL, and only checks the second time", async () => {
  await using folder = await temporaryFolder();
  const project = folder.path("flights");
  const cli = (...args: readonly string[]) => runCli(args, { cwd: folder.root, environment });
  await using _server = { [Symbol.asyncDispose]: () => cli("db", "stop", "-C", project).then(() => undefined) };

  const first = await cli("demo", "flights");
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toContain("33 ran, 0 cached, 0 failed, 2 warnings in ");
  expect(first.stdout).toMatch(/gold\.daily_operations +incremental_by_time +1,095 +\d/);
  expect(first.stdout).toContain("db psql -C flights");

  const client = new Client((await cli("db", "status", "--url", "-C", project)).stdout.trim());
  await client.connect();
  try {
    for (const [table, rows] of Object.entries(expected)) {
      const { rows: counted } = await client.query(`select count(*)::int as rows from ${table}`);
      expect({ table, rows: counted[0]?.rows }).toEqual({ table, rows });
    }
  } finally {
    await client.end();
  }

  const second = await cli("demo", "flights");
  expect(second.stdout).toContain("5 ran, 28 cached, 0 failed, 2 warnings in ");
  expect(second.stdout).toMatch(/gold\.daily_operations +incremental_by_time +1,095 +up to date/);
  expect(first.stdout + second.stdout).not.toMatch(/postgresql:\/\/\w+:/);
}, 600_000);
