import { describe, expect, it } from "vitest";

import type { PipelineNode } from "../../../shared/graph/index.ts";
import { materializationSchema } from "../../../shared/graph/kinds/common.ts";
import { targetName, validateTargets } from "./index.ts";

const node = { id: "transform.orders", location: { file: "pipelines/orders.yml", line: 1, column: 1 } } as PipelineNode;
const parse = (options: Readonly<Record<string, unknown>>) => materializationSchema.parse(options);
const columns = [
  { name: "id", type: "BIGINT" },
  { name: "at", type: "VARCHAR" },
];

describe("targetName", () => {
  it.each([
    [{ table: "analytics.orders", connection: "warehouse" }, "postgresql:warehouse:analytics.orders"],
    [{ table: "orders" }, "postgresql:default:public.orders"],
    [{ type: "postgres", table: '"a.b"."c d"' }, 'postgresql:default:"a.b"."c d"'],
    [{ type: "parquet", path: "./exports/orders.parquet" }, "parquet:exports/orders.parquet"],
    [{ type: "csv", path: "exports\\orders.csv" }, "csv:exports/orders.csv"],
    [{ type: "sqlite", connection: "local", table: "orders" }, "sqlite:local:public.orders"],
    [{ table: "a.b.c" }, "postgresql:default:a.b.c"],
  ])("%o is %s", (options, name) => {
    expect(targetName(parse(options), "transform.orders")).toBe(name);
  });
});

describe("validateTargets", () => {
  const validate =
    (...targets: readonly Readonly<Record<string, unknown>>[]) =>
    () =>
      validateTargets(node, targets.map(parse), columns);

  it.each([
    ["target_option_missing", { mode: "full" }],
    ["target_option_missing", { table: "a", mode: "upsert_by_key" }],
    ["target_option_missing", { table: "a", mode: "incremental_by_time" }],
    ["target_option_missing", { type: "csv" }],
    ["target_option_refused", { type: "csv", path: "a.csv", mode: "append" }],
    ["target_column_missing", { table: "a", mode: "upsert_by_key", unique_keys: ["nope"] }],
    ["time_column_type", { table: "a", mode: "incremental_by_time", time_column: "at" }],
    ["postgres_name_invalid", { table: "a.b.c" }],
    ["postgres_name_too_long", { table: "t".repeat(64) }],
    ["materializer_not_available", { type: "iceberg", table: "a" }],
  ])("%s for %o", (code, options) => {
    expect(validate(options)).toThrow(
      expect.objectContaining({ code, node: "transform.orders", location: node.location }) as Error,
    );
  });

  it("two targets of one name", () => {
    expect(validate({ table: "orders" }, { table: "public.orders" })).toThrow(
      expect.objectContaining({ code: "target_repeated" }) as Error,
    );
  });

  it("good ones, and disabled ones whatever they say", () => {
    expect(
      validate({ table: "a", mode: "upsert", unique_keys: ["ID"] }, { type: "iceberg", enabled: false }),
    ).not.toThrow();
  });
});
