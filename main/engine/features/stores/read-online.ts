import { existsSync } from "node:fs";

import { z } from "zod";

import type { Column } from "../../../../shared/graph/index.ts";
import { quoted } from "../../duckdb/sql/identifiers.ts";
import type { FeatureGroup } from "../group.ts";
import { onlineTable, openOnline } from "./online-file.ts";
import type { StoreSettings } from "./settings.ts";

/** What the online store answers about one key; absent and outlived values are null, or the feature's default. */
export interface OnlineFeatures {
  readonly status: "found" | "not_found" | "outlived";
  /** ISO 8601 in UTC. */
  readonly eventTime: string | null;
  readonly columns: readonly Column[];
  /** Exact text, in the order of `columns`. */
  readonly values: readonly (string | null)[];
}

/** How many keys of a version are served, and the table they came from; `null` where it was never written. */
export const readOnlineState = (
  id: string,
  version: string,
  file: string,
): { readonly keys: number; readonly table: string } | null => {
  if (!existsSync(file)) return null;
  using database = openOnline(file, true);
  const name = onlineTable(id, version);
  const known = database.prepare("select table_hash from groups where name = ?").get(name);
  if (known === undefined) return null;
  const counted = database.prepare(`select count(*) as n from ${quoted(name)}`).get();
  return {
    keys: z.object({ n: z.number() }).parse(counted).n,
    table: z.object({ table_hash: z.string() }).parse(known).table_hash,
  };
};

const columnsSchema = z.array(z.object({ name: z.string(), type: z.string() }));
const payloadSchema = z.array(z.string().nullable());
const rowSchema = z.object({ event_us: z.bigint().nullable(), payload: z.string() });

/** Reads one key's features as they are at a moment; `null` where this version was never written. */
export const readOnline = (
  group: FeatureGroup,
  stores: StoreSettings,
  file: string,
  key: readonly string[],
  at: Date,
): OnlineFeatures | null => {
  if (!existsSync(file)) return null;
  using database = openOnline(file, true);
  const name = onlineTable(group.id, stores.version);
  const known = database.prepare("select columns from groups where name = ?").get(name);
  if (known === undefined) return null;
  const columns = columnsSchema.parse(JSON.parse(z.object({ columns: z.string() }).parse(known).columns));
  const statement = database.prepare(`select event_us, payload from ${quoted(name)} where key = ?`);
  statement.setReadBigInts(true);
  const found = statement.get(JSON.stringify(key));
  const fallback = columns.map((column) => defaultOf(group, column.name));
  if (found === undefined) return { status: "not_found", eventTime: null, columns, values: fallback };
  const { event_us: event, payload } = rowSchema.parse(found);
  const eventTime = event === null ? null : new Date(Number(event / 1000n)).toISOString();
  const ttl = stores.online?.ttl ?? null;
  const oldest = ttl === null ? null : BigInt(at.getTime()) * 1000n - BigInt(Math.round(ttl * 1_000_000));
  if (event !== null && oldest !== null && event < oldest) {
    return { status: "outlived", eventTime, columns, values: fallback };
  }
  return { status: "found", eventTime, columns, values: payloadSchema.parse(JSON.parse(payload)) };
};

const defaultOf = (group: FeatureGroup, name: string): string | null => {
  const value = group.features.find((feature) => feature.name === name)?.default ?? null;
  return value === null ? null : String(value);
};
