import { z } from "zod";

import type { Column } from "../../../../shared/graph/index.ts";
import type { FeatureGroup } from "../group.ts";
import { type OnlinePlace, onlineStores, onlineTable } from "./online/index.ts";
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

const openToRead = async ({ online }: StoreSettings, place: OnlinePlace) => {
  if (online === null) return null;
  const open = await onlineStores[online.store]();
  return open(place, "read");
};

/** How many keys of a version are served, and the table they came from; `null` where it was never written. */
export const readOnlineState = async (
  id: string,
  stores: StoreSettings,
  place: OnlinePlace,
): Promise<{ readonly keys: number; readonly table: string } | null> => {
  await using store = await openToRead(stores, place);
  return (await store?.head(onlineTable(id, stores.version))) ?? null;
};

const payloadSchema = z.array(z.string().nullable());

/** Reads one key's features as they are at a moment; `null` where this version was never written. */
export const readOnline = async (
  group: FeatureGroup,
  stores: StoreSettings,
  place: OnlinePlace,
  key: readonly string[],
  at: Date,
): Promise<OnlineFeatures | null> => {
  await using store = await openToRead(stores, place);
  const name = onlineTable(group.id, stores.version);
  const head = await store?.head(name);
  if (!store || !head) return null;
  const { columns } = head;
  const found = await store.read(name, JSON.stringify(key));
  const fallback = columns.map((column) => defaultOf(group, column.name));
  if (found === null) return { status: "not_found", eventTime: null, columns, values: fallback };
  const { event, payload } = found;
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
