import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { materializing, type Materializing } from "./materializing.ts";

/** What tests of targets use of a bench. */
export type TargetBench = Pick<
  Materializing,
  "connection" | "client" | "connectors" | "write" | "preview" | "rows" | "stages"
>;

/** One bench for the tests of a file; `sql` makes its schema `mart` anew before each of them. */
export const targetBench = (sql: string): TargetBench => {
  let opened: Materializing | null = null;
  const bench = (): Materializing => {
    if (opened === null) throw new Error("the bench is there for tests and their hooks only");
    return opened;
  };
  beforeAll(async () => {
    opened = await materializing();
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    await bench().client.query(
      `drop schema if exists mart cascade; drop schema if exists _headrace cascade; create schema mart; ${sql}`,
    );
  });
  return {
    get connection() {
      return bench().connection;
    },
    get client() {
      return bench().client;
    },
    get connectors() {
      return bench().connectors;
    },
    write: (...given) => bench().write(...given),
    preview: (...given) => bench().preview(...given),
    rows: (query) => bench().rows(query),
    stages: () => bench().stages(),
  };
};

/** No test of the file may leave a stage behind. */
export const leaveNoStages = (bench: TargetBench): void =>
  afterEach(async () => {
    const left = await bench.stages();
    if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
  });

/** `mart.orders` with one old row, and the ways to write to it. */
export const oldOrders = "create table mart.orders (id bigint, name text); insert into mart.orders values (1, 'old')";
export const old = [["1", "old"]];
export const full = { table: "mart.orders", mode: "full" };
export const upsert = { table: "mart.orders", mode: "upsert_by_key", unique_keys: ["id"] };
/** Enough rows to be interrupted while they are on their way. */
export const many = "select i as id, 'name ' || i as name from range(1200000) r(i)";

/** `mart.orders` with three rows and columns in an order of its own. */
export const threeOrders = `create table mart.orders (name text, id integer, price numeric(10,2));
  insert into mart.orders values ('a', 1, 1.00), ('b', 2, 2.00), ('c', 3, 3.00)`;
const orderRows = (...rows: readonly [number, string, number][]): string =>
  `select * from (values ${rows.map(([id, name, price]) => `(${id}, '${name}', ${price}::decimal(10,2))`).join(", ")}) t(id, name, price)`;
/** What is written over the three: one the same, one changed, one new, one gone. */
export const nextOrders = orderRows([2, "b", 2], [3, "C", 3], [4, "d", 4]);
