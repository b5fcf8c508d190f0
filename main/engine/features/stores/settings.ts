import { ExecutorValidationError } from "../../../../shared/errors/index.ts";
import type { PipelineNode } from "../../../../shared/graph/index.ts";
import { type OnlineStoreName, onlineStores } from "./online/index.ts";

/** Where a feature group is kept besides its table. JSON-safe: a plan holds it. */
export interface StoreSettings {
  readonly version: string;
  readonly offline: { readonly partitionBy: readonly string[] | null } | null;
  /** `ttl` in seconds, looked at when features are read; `connection` of the profile, for stores that are servers. */
  readonly online: {
    readonly ttl: number | null;
    readonly store: OnlineStoreName;
    readonly connection: string | null;
  } | null;
}

/** Reads `version` and `materialization`. Throws for stores that do not exist. */
export const readStores = (node: PipelineNode<"feature_group">): StoreSettings => {
  const { version, ttl, materialization } = node.config;
  const { offline, online } = materialization ?? {};
  const details = { node: node.id, location: node.location };
  if (offline?.enabled === true && offline.format !== "parquet") {
    const params = { node: node.id, format: offline.format };
    throw new ExecutorValidationError("feature_store_format", { ...details, params });
  }
  const name = String(version ?? 1);
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(name)) {
    throw new ExecutorValidationError("feature_version_invalid", {
      ...details,
      params: { node: node.id, version: name },
    });
  }
  return {
    version: name,
    offline: offline?.enabled === true ? { partitionBy: offline.partition_by ?? null } : null,
    online:
      online?.enabled === true
        ? { ttl: online.ttl ?? ttl ?? null, store: storeOf(node, online.store), connection: online.connection ?? null }
        : null,
  };
};

const storeOf = (node: PipelineNode<"feature_group">, store = "sqlite"): OnlineStoreName => {
  const name = store === "postgres" ? "postgresql" : store;
  if (isStoreName(name)) return name;
  const params = { node: node.id, store, stores: Object.keys(onlineStores).join(", ") };
  throw new ExecutorValidationError("feature_online_store", { node: node.id, location: node.location, params });
};

const isStoreName = (name: string): name is OnlineStoreName => Object.hasOwn(onlineStores, name);
