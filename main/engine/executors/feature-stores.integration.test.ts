import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";

import { isKind } from "../../../shared/graph/index.ts";
import { type TemporaryProject, temporaryProject } from "../../../test-support/temporary-project.ts";
import { warehouseProject } from "../../../test-support/warehouse-project.ts";
import { readGroup } from "../features/index.ts";
import { readManifest, readOnline, readStores } from "../features/stores/index.ts";
import { postgresClient } from "../postgres/index.ts";

const rows = (values: string): string => `kind: transform
name: events
transform: |
  select * from (values ${values}) as t(customer_id, seen, loaded, spent)
`;
const group = (materialization: string): string => `kind: feature_group
name: spending
entity: customer
event_time: seen
created_time: loaded
features: [{name: spent, dtype: "decimal(38,2)"}]
materialization:
  ${materialization}
inputs: [transform.events]
`;

const event = (customer: string, seen: string, loaded: string, spent: string): string =>
  `(${customer}, timestamp '${seen}', timestamp '${loaded}', ${spent}::decimal(38,2))`;

const open = (materialization: string, values: readonly string[]) =>
  (materialization.includes("postgresql") ? warehouseProject : temporaryProject)({
    "pipelines/events.yml": rows(values.join(", ")),
    "pipelines/group.yml": group(materialization),
  });

const change = async (project: TemporaryProject, values: readonly string[]) => {
  await project.write({ "pipelines/events.yml": rows(values.join(", ")) });
  return (await project.run()).results["feature_group.spending"];
};

const get = async (project: TemporaryProject, key: string, at = "2024-06-30T00:00:00Z") => {
  const node = (await (await project.engine()).project()).nodes.get("feature_group.spending");
  if (node === undefined || !isKind(node, "feature_group")) throw new TypeError("a feature group");
  const stores = readStores(node);
  const place = {
    targetPath: join(project.root, "target"),
    project: await (await project.engine()).project(),
    node: node.id,
    connection: stores.online?.connection ?? null,
    applicationName: "headrace:test",
    signal: new AbortController().signal,
  };
  return readOnline(readGroup(node), stores, place, [key], new Date(at));
};

const may = event("'ann'", "2024-05-20 00:00:00", "2024-05-20 00:00:00", "1");
const june = event("'ann'", "2024-06-10 00:00:00", "2024-06-10 00:00:00", "2.50");
const bob = event("'bob'", "2024-06-11 00:00:00", "2024-06-11 00:00:00", "9007199254740993.01");

it("rewrites only the partitions that changed, and removes those that are gone", async () => {
  await using project = await open("offline: {}", [may, june]);
  const first = (await project.run()).results["feature_group.spending"];
  expect(first?.metadata).toMatchObject({ offline: { written: 2, partitions: 2 } });
  const folder = join(project.root, "target/features/spending/v1");
  const [kept] = await readdir(join(folder, "event_month=2024-05"));
  const before = await stat(join(folder, "event_month=2024-05", kept ?? ""));

  const second = await change(project, [may, june, bob]);
  expect(second?.metadata).toMatchObject({ offline: { written: 1, partitions: 2 } });
  expect((await stat(join(folder, "event_month=2024-05", kept ?? ""))).ino).toBe(before.ino);
  expect(await readdir(join(folder, "event_month=2024-06"))).toHaveLength(1);

  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const read = await connection.runAndReadAll(
    `select customer_id, spent::varchar from read_parquet('${folder}/**/*.parquet', hive_partitioning = true) order by all`,
  );
  expect(read.getRowsJson()).toEqual([
    ["ann", "1.00"],
    ["ann", "2.50"],
    ["bob", "9007199254740993.01"],
  ]);

  await change(project, [june, bob]);
  expect((await readdir(folder)).toSorted()).toEqual(["event_month=2024-06", "group.json", "manifest.json"]);
  expect(await readManifest(folder)).toMatchObject({
    rows: 2,
    partition_by: ["event_month"],
    join_keys: ["customer_id"],
  });
});

it("partitions by columns with any value in them", async () => {
  const odd = event("'../a/b=c %'", "2024-06-10 00:00:00", "2024-06-10 00:00:00", "1");
  const none = event("null", "2024-06-10 00:00:00", "2024-06-10 00:00:00", "1");
  await using project = await open("offline: {partition_by: [customer_id]}", [odd, none]);
  expect((await project.run()).results["feature_group.spending"]).toMatchObject({ status: "SUCCESS" });
  const folders = await readdir(join(project.root, "target/features/spending/v1"));
  expect(folders.toSorted()).toEqual([
    "customer_id=..%2Fa%2Fb%3Dc%20%25",
    "customer_id=__HIVE_DEFAULT_PARTITION__",
    "group.json",
    "manifest.json",
  ]);
});

it.each([
  "online: {ttl: 30d}",
  "online: {ttl: 30d, store: duckdb}",
  "online: {ttl: 30d, store: postgresql, connection: warehouse}",
])("serves each key's newest values, never goes back in time, and forgets deleted keys: %s", async (online) => {
  await using project = await open(online, [may, june, bob]);
  expect((await project.run()).results["feature_group.spending"]).toMatchObject({ status: "SUCCESS" });
  expect(await get(project, "ann")).toMatchObject({ status: "found", values: ["2.50"] });
  expect(await get(project, "bob")).toMatchObject({ values: ["9007199254740993.01"] });
  expect(await get(project, "cleo")).toMatchObject({ status: "not_found", values: [null] });

  await change(project, [may, bob]);
  expect(await get(project, "ann")).toMatchObject({ values: ["2.50"] });

  await change(project, [may, june.replace("2.50", "3.50"), bob]);
  expect(await get(project, "ann")).toMatchObject({ values: ["3.50"] });

  await change(project, [june]);
  expect(await get(project, "bob")).toMatchObject({ status: "not_found" });
});

it("looks at the time to live when features are read, its end included", async () => {
  await using project = await open("online: {ttl: 1d}", [june]);
  await project.run();
  expect(await get(project, "ann", "2024-06-11T00:00:00Z")).toMatchObject({ status: "found", values: ["2.50"] });
  expect(await get(project, "ann", "2024-06-11T00:00:00.001Z")).toMatchObject({ status: "outlived", values: [null] });
});

it.each([
  ["online: {store: redis}", /redis, which is not a store/],
  ["offline: {format: delta}", /delta, which is not a format/],
  ["offline: {partition_by: [country]}", /country as a column of partition_by/],
])("refuses %s", async (materialization, pattern) => {
  await using project = await open(materialization, [june]);
  expect((await project.run()).results["feature_group.spending"]?.error?.message).toMatch(pattern);
});

describe("a table that comes from the cache", () => {
  const dropOnline = async (project: TemporaryProject, store: string): Promise<void> => {
    if (store !== "postgresql") return rm(project.path(`target/online/features.${store}`));
    const connection = await (await (await project.engine()).project()).connection("warehouse");
    if (connection.type !== "postgresql") throw new TypeError("a server");
    const { signal } = new AbortController();
    await using client = await postgresClient(connection, { applicationName: "headrace:test", signal });
    await client.query("drop table headrace_online.spending__v1");
  };

  it.each(["sqlite", "duckdb", "postgresql"])(
    "brings its online store up without being computed, and makes one anew that was deleted: %s",
    async (store) => {
      const connection = store === "postgresql" ? ", connection: warehouse" : "";
      await using project = await open(`online: {store: ${store}${connection}}`, [may, june]);
      await project.run();
      expect(await change(project, [may, june, bob])).toMatchObject({ status: "SUCCESS" });
      expect(await get(project, "bob")).toMatchObject({ status: "found" });

      const back = await change(project, [may, june]);
      expect(back).toMatchObject({ status: "SUCCESS", row_count: 2, metadata: { online: { store, keys: 1 } } });
      expect(await get(project, "bob")).toMatchObject({ status: "not_found" });
      expect((await project.run()).statuses["feature_group.spending"]).toBe("CACHED");

      await dropOnline(project, store);
      const made = await project.run();
      const said = made.events.flatMap((entry) => (entry.type === "log" ? [entry.text] : []));
      expect(said).toEqual(["Stores are written from the table that is there: its online store is not there."]);
      expect(made.results["feature_group.spending"]?.metadata).toMatchObject({ online: { store, keys: 1 } });
      expect(made.statuses["transform.events"]).toBe("CACHED");
      expect(await get(project, "ann")).toMatchObject({ values: ["2.50"] });
      expect((await project.run()).statuses["feature_group.spending"]).toBe("CACHED");
    },
  );

  it("brings its offline store up, and the plan says why", async () => {
    await using project = await open("offline: {}\n  online: {}", [may, june]);
    await project.run();
    const folder = project.path("target/features/spending/v1");
    const [lost = ""] = await readdir(join(folder, "event_month=2024-05"));
    await rm(join(folder, "event_month=2024-05", lost));
    await rm(project.path("target/online/features.sqlite"));
    expect((await project.plan()).steps.find(({ node }) => node === "feature_group.spending")).toMatchObject({
      action: "materialize",
      reasons: [
        { kind: "store_behind", text: "its offline store has lost files" },
        { kind: "store_behind", text: "its online store is not there" },
      ],
    });
    expect((await project.run()).results["feature_group.spending"]?.metadata).toMatchObject({
      offline: { written: 1, partitions: 2 },
      online: { keys: 1 },
    });
    await rm(folder, { recursive: true });
    expect((await project.run()).results["feature_group.spending"]?.metadata).toMatchObject({
      offline: { written: 2, partitions: 2 },
    });
    expect((await project.run()).statuses["feature_group.spending"]).toBe("CACHED");
  });
});
