// What a node takes from elsewhere where its own file is silent.

type Raw = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

/** The node's own keys over the project's defaults for its kind; params are joined key by key. */
export const withDefaults = (raw: Raw, defaults: Raw): Raw => {
  const merged: Record<string, unknown> = { ...defaults, ...raw };
  const { params } = raw;
  if (isRecord(defaults["params"]) && isRecord(params)) merged["params"] = { ...defaults["params"], ...params };
  return merged;
};

/** Keys of a source itself; every other default is one of its params. */
const ownKeys = new Set([
  "table",
  "query",
  "connection",
  "columns",
  "schema",
  "freshness",
  "tags",
  "owner",
  "retry",
  "timeout",
  "cache",
]);

/** A source with the defaults of its type (`postgres` and `postgresql` are one). */
export const withSourceDefaults = (raw: Raw, byType: Readonly<Record<string, Raw>>): Raw => {
  const type = raw["source"] === "postgres" ? "postgresql" : raw["source"];
  const defaults = typeof type === "string" && Object.hasOwn(byType, type) ? byType[type] : undefined;
  if (defaults === undefined) return raw;
  const params: Raw = isRecord(raw["params"]) ? raw["params"] : {};
  const merged: Record<string, unknown> = { ...raw };
  const filled: Record<string, unknown> = { ...params };
  for (const [key, value] of Object.entries(defaults)) {
    if (key in raw || key in params) continue;
    if (ownKeys.has(key)) merged[key] = value;
    else filled[key] = value;
  }
  if (Object.keys(filled).length > 0) merged["params"] = filled;
  return merged;
};
