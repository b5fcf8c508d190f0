// The examples run as a newcomer runs them, on a real server, with the right numbers at the end.

import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

import { describe, expect, it } from "vitest";

import { packageRoot } from "../main/engine/files/index.ts";
import { seedTables } from "../main/engine/postgres/index.ts";
import { sourceBench } from "./read-source.ts";
import { warehouseProject, type WarehouseProject } from "./warehouse-project.ts";

const folderOf = (example: string): string => join(packageRoot(), "examples", example);

/** Everything that is kept in git, by its path in the project. */
const filesOf = async (example: string): Promise<Readonly<Record<string, Uint8Array>>> => {
  const root = folderOf(example);
  const files: Record<string, Uint8Array> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (entry.isFile() && !/^(target|exports)\//.test(path)) files[path] = await readFile(join(root, path));
  }
  return files;
};

const exampleProject = async (example: string): Promise<WarehouseProject> => {
  const project = await warehouseProject({});
  await project.write(await filesOf(example));
  return project;
};

describe("examples/shop", () => {
  it("comes to the rows in its folder `expected`, and the second time runs nothing", async () => {
    await using project = await exampleProject("shop");
    const first = await project.run();
    expect(first.summary).toMatchObject({ exitCode: 0, ran: 8, failed: 0 });

    const engine = await project.engine();
    await using reader = await sourceBench();
    const signal = new AbortController().signal;
    for (const node of Object.keys(first.results)) {
      const expected = await readFile(join(folderOf("shop"), "expected", `${node.split(".")[1]}.csv`));
      await reader.write({ "expected.csv": expected });
      const page = await engine.preview(node, { offset: 0, limit: 1000 }, signal);
      const text = {
        source: "csv",
        table: "expected.csv",
        schema: page.columns.map(({ name }) => ({ name, data_type: "text" })),
      };
      expect([node, page.rows]).toEqual([node, (await reader.read({ ...text, params: { delimiter: "," } })).rows]);
    }

    const second = await project.run();
    expect(second.summary).toMatchObject({ exitCode: 0, ran: 0, cached: 8 });
  });

  it("fills one table in each mode, and adds nothing to them when it is forced to run again", async () => {
    await using project = await exampleProject("shop");
    const tables = ["order_totals", "daily_sales", "customer_value", "first_orders"];
    const counts = async () => {
      const found: unknown[] = [];
      for (const table of tables) {
        const rows = "select count(*)::int as n, md5(string_agg(t::text, '|' order by t::text)) as h";
        found.push((await project.select(`${rows} from shop.${table} t`))[0]);
      }
      return found;
    };
    await project.run();
    const before = await counts();
    expect(before).toMatchObject([{ n: 30 }, { n: 18 }, { n: 12 }, { n: 10 }]);
    expect((await project.run({ full: true })).summary).toMatchObject({ exitCode: 0, ran: 8 });
    expect(await counts()).toEqual(before);
  });

  it("runs only what an edit changes", async () => {
    await using project = await exampleProject("shop");
    await project.run();
    const orders = await project.read("data/orders.csv");
    await project.write({
      "data/orders.csv": orders.replace("1030,2,2024-01-20 20:11:00,pending", "1030,2,2024-01-20 20:11:00,paid"),
    });
    const { statuses } = await project.run();
    expect(statuses).toMatchObject({
      "source.orders": "SUCCESS",
      "source.customers": "CACHED",
      "source.order_items": "CACHED",
      "transform.product_pairs": "CACHED",
      "transform.order_totals": "SUCCESS",
    });
  });
});

describe("examples/nyc-flights", () => {
  it(
    "goes from files to nine tables in all four modes, a model and its predictions, and the second time only checks",
    { timeout: 900_000 },
    async () => {
      await using project = await exampleProject("nyc-flights");
      await seedTables(project.root, project.connection, { replaces: false });
      const first = await project.run();
      expect(first.summary).toMatchObject({ exitCode: 0, ran: 33, failed: 0, warnings: 2 });

      const rows = Object.fromEntries(Object.entries(first.results).map(([node, result]) => [node, result.row_count]));
      expect(rows).toMatchObject({
        "source.flights": 336_776,
        "source.weather": 26_115,
        "source.airports": 1458,
        "source.planes": 3322,
        "source.airlines": 16,
        "source.us_holidays": 10,
        "transform.scheduled_flights": 336_776,
        "transform.flights_enriched": 336_776,
        "transform.destinations": 105,
        "transform.tail_numbers": 4043,
        "transform.landings": 327_346,
        "feature_group.aircraft_history": 327_346,
        "aggregation.route_delay_windows": 223,
        "second_order_aggregation.airport_delay_windows": 3,
        "model.late_arrivals": 138_375,
        "predict.late_risk": 759,
      });
      const rules = first.results["rule.flights_plausible"]?.metadata["rules"];
      const violations = (rules as readonly { id: string; violations: number }[]).map(({ id, violations: n }) => [
        id,
        n,
      ]);
      // Known of the data: 2,512 flights without a registration, and four airports that the file does not know.
      expect(Object.fromEntries(violations)).toMatchObject({ has_a_registration: 2512, airport_is_known: 7602 });
      const metrics = await (
        await project.engine()
      ).query(
        "select value from model.late_arrivals__metrics where split = 'test' and metric = 'roc_auc' order by value",
        { offset: 0, limit: 2 },
        new AbortController().signal,
      );
      const [baseline = 0, trained = 0] = metrics.rows.map(([value]) => Number(value));
      expect(baseline).toBe(0.5);
      expect(trained).toBeGreaterThan(0.65);

      const counts = await project.select(
        "select table_name as t, (xpath('/row/n/text()', query_to_xml('select count(*) as n from gold.' || table_name, false, true, '')))[1]::text::int as n " +
          "from information_schema.tables where table_schema = 'gold' order by 1",
      );
      expect(Object.fromEntries(counts.map(({ t, n }) => [t, n]))).toEqual({
        aircraft_utilisation: 4037,
        carrier_ranking: 185,
        daily_operations: 1095,
        disruptions: 63,
        holiday_travel: 10,
        late_risk: 759,
        route_delay_windows: 223,
        route_delays: 343,
        weather_effect: 16,
      });
      const [totals] = await project.select(
        "select sum(scheduled)::int as scheduled, sum(cancelled)::int as cancelled, sum(diverted)::int as diverted from gold.daily_operations",
      );
      // Known of the data: 8,255 flights never left, and 1,175 came down elsewhere.
      expect(totals).toEqual({ scheduled: 336_776, cancelled: 8255, diverted: 1175 });

      expect((await project.run()).summary).toMatchObject({ exitCode: 0, ran: 5, cached: 28 });

      await project.client.query("update reference.airlines set name = 'Jet Blue' where carrier = 'B6'");
      const third = await project.run();
      expect(third.statuses).toMatchObject({
        "source.airlines": "SUCCESS",
        "source.flights": "CACHED",
        "transform.flights_enriched": "SUCCESS",
        "transform.carrier_ranking": "SUCCESS",
      });
      expect(await project.select("select distinct airline from gold.carrier_ranking where carrier = 'B6'")).toEqual([
        { airline: "Jet Blue" },
      ]);
    },
  );
});
