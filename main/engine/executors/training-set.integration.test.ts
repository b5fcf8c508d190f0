import { describe, expect, it } from "vitest";

import { temporaryProject } from "../../../test-support/temporary-project.ts";

const files = {
  "pipelines/flights.yml": `kind: transform
name: flights
transform: |
  select * from (values
    (1, 'JFK', 'LAX', timestamp '2024-06-10 00:00:00', 100),
    (2, 'JFK', null, timestamp '2024-06-02 12:00:00', 50),
    (1, 'JFK', 'LAX', timestamp '2024-06-10 00:00:00', 100),
    (3, 'SFO', 'JFK', null, 10)
  ) as t(flight, origin, destination, departs, distance)
`,
  "pipelines/delays.yml": `kind: transform
name: delays
transform: |
  select * from (values
    ('JFK', timestamp '2024-06-01 00:00:00', 10, 2),
    ('JFK', timestamp '2024-06-03 00:00:00', 30, 5),
    ('JFK', timestamp '2024-06-11 00:00:00', 99, 1),
    ('LAX', timestamp '2024-06-09 00:00:00', null, 4)
  ) as t(airport, seen, delay, runways)
`,
  "pipelines/airports.yml": `kind: feature_group
name: airports
entity: airport
join_keys: [airport]
event_time: seen
ttl: 10d
features: [{name: delay, dtype: int}, {name: runways, default: 1}]
on_demand: [{name: per_runway, expr: delay / runways + distance -- minutes, dtype: float}]
inputs: [transform.delays]
`,
  "pipelines/weather.yml": `kind: feature_group
name: weather
join_keys: [airport]
event_time: day
ttl: 1d
transform: |
  select airport, seen::timestamptz as day, delay * 2 as delay from transform.delays
`,
};

const training = (settings: string) =>
  temporaryProject({
    ...files,
    "pipelines/training.yml": `kind: transform\nname: training\npoint_in_time:\n  spine: transform.flights\n${settings}`,
  });

describe("a training set", () => {
  it("keeps every row of its spine, in order, with a group for each role as it was then", async () => {
    await using project = await training(`
  timestamp: departs
  features: [feature_group.airports]
  roles: {from: {airport: origin}, to: {airport: destination}}
`);
    expect((await project.run()).results["transform.training"]).toMatchObject({ status: "SUCCESS", row_count: 4 });
    const rows = await project.rows("transform.training");
    expect(rows[0]).toEqual({
      flight: "1",
      origin: "JFK",
      destination: "LAX",
      departs: "2024-06-10 00:00:00",
      distance: "100",
      from__delay: "30",
      from__runways: "5",
      from__per_runway: "106.0",
      to__delay: null,
      to__runways: "4",
      to__per_runway: null,
    });
    expect(rows.map((row) => [row["flight"], row["from__delay"], row["to__runways"]])).toEqual([
      ["1", "30", "4"],
      ["2", "10", "1"],
      ["1", "30", "4"],
      ["3", null, "1"],
    ]);
    expect((await project.run()).statuses["transform.training"]).toBe("CACHED");
  });

  it("joins groups of different time to live, and times with and without a zone", async () => {
    await using project = await training(`
  timestamp: departs
  full_names: true
  features: [feature_group.weather.delay, feature_group.airports.per_runway, feature_group.airports.delay]
  roles: {from: {airport: origin}}
`);
    expect((await project.run()).results["transform.training"]).toMatchObject({ status: "SUCCESS" });
    const rows = await project.rows("transform.training");
    const columns = ["from__weather__delay", "from__airports__per_runway", "from__airports__delay"];
    expect(Object.keys(rows[0] ?? {}).slice(5)).toEqual(columns);
    expect(rows.map((row) => columns.map((column) => row[column]))).toEqual([
      [null, "106.0", "30"],
      [null, "55.0", "10"],
      [null, "106.0", "30"],
      [null, null, null],
    ]);
  });

  it.each([
    [
      "a spine without its timestamp",
      "  timestamp: departed\n  features: [feature_group.airports]",
      [/departed/, /transform\.flights/, /Did you mean departs/],
    ],
    [
      "a timestamp that is none",
      "  timestamp: origin\n  features: [feature_group.airports]",
      [/origin/, /is VARCHAR/, /origin::timestamp/],
    ],
    [
      "a missing key",
      "  timestamp: departs\n  features: [feature_group.airports]",
      [/airport/, /does not have/, /point_in_time\.roles/],
    ],
    [
      "keys of other types",
      "  timestamp: departs\n  features: [feature_group.airports]\n  roles: {r: {airport: flight}}",
      [/flight of transform\.flights is INTEGER/, /VARCHAR/, /Cast one/],
    ],
    [
      "no such feature",
      "  timestamp: departs\n  features: [feature_group.airports.delays]",
      [/has no feature delays/, /Did you mean delay\?/],
    ],
    [
      "no feature group",
      "  timestamp: departs\n  features: [transform.delays.delay]",
      [/not a feature group/, /feature_group\.airports/],
    ],
    [
      "a role of nobody",
      "  timestamp: departs\n  features: [feature_group.airports]\n  roles: {r: {town: origin}}",
      [/the role r names town/, /Join keys: airport/],
    ],
    [
      "names that collide",
      "  timestamp: departs\n  features: [feature_group.airports, feature_group.weather]\n  roles: {r: {airport: origin}}",
      [/two columns called r__delay/, /full_names: true/],
    ],
    [
      "SQL beside it",
      "  timestamp: departs\n  features: [feature_group.airports]\ntransform: select 1 as x",
      [/both point_in_time and SQL/],
    ],
  ])("says what to do about %s", async (_, settings, patterns) => {
    await using project = await training(settings);
    const result = (await project.run()).results["transform.training"];
    expect(result?.status).toBe("FAILED");
    for (const pattern of patterns) expect(`${result?.error?.message} ${result?.error?.next}`).toMatch(pattern);
    expect(result?.error?.message).toContain("transform.training");
  });

  it.each([
    ["a group without an event time", { event_time: null }, /Add `event_time: <column>` to feature_group\.airports/],
    ["a volatile expression", { expr: "random()" }, /random gives another value on each run/],
    ["more than an expression", { expr: "1), (2" }, /cannot be computed from/],
    ["a table in an expression", { expr: "(select max(flight) from input_0)" }, /reads a table/],
  ])("refuses %s", async (_, change, pattern) => {
    const airports =
      "expr" in change
        ? files["pipelines/airports.yml"].replace(/expr: .*, dtype/, `expr: "${change.expr}", dtype`)
        : files["pipelines/airports.yml"].replace("event_time: seen\n", "");
    await using project = await training(
      "  timestamp: departs\n  features: [feature_group.airports]\n  roles: {r: {airport: origin}}",
    );
    await project.write({ "pipelines/airports.yml": airports });
    const result = (await project.run()).results["transform.training"];
    expect(`${result?.error?.message} ${result?.error?.next}`).toMatch(pattern);
  });
});
