import { isRecord, type Path } from "../form/field-value.ts";

type Raw = Readonly<Record<string, unknown>>;

/** A key to write, or with `undefined` to take out. */
export interface DescriptionEdit {
  readonly path: Path;
  readonly value: unknown;
}

const textOf = (value: unknown): string => {
  if (typeof value === "string") return value;
  const inner = isRecord(value) ? value["description"] : undefined;
  return typeof inner === "string" ? inner : "";
};

/** What a node's file says of its columns, by name. */
export const descriptionsOf = (kind: string, document: Raw): ReadonlyMap<string, string> => {
  if (kind === "feature_group") return featureDescriptions(document["features"]);
  const { columns } = document;
  return new Map(isRecord(columns) ? Object.entries(columns).map(([name, value]) => [name, textOf(value)]) : []);
};

const featureDescriptions = (features: unknown): ReadonlyMap<string, string> => {
  if (isRecord(features)) {
    return new Map(Object.entries(features).map(([name, value]) => [name, isRecord(value) ? textOf(value) : ""]));
  }
  const list: readonly unknown[] = Array.isArray(features) ? features : [];
  return new Map(
    list.flatMap((feature) =>
      isRecord(feature) && typeof feature["name"] === "string" ? [[feature["name"], textOf(feature)] as const] : [],
    ),
  );
};

/** The edit that describes a column; `null` where the kind, or what the file says so far, has no place for it. */
export const describeColumn = (kind: string, document: Raw, column: string, words: string): DescriptionEdit | null => {
  if (kind === "feature_group") return describeFeature(document["features"], column, words);
  const { columns } = document;
  // A source's `columns` also say which ones there are: naming one where none are named would leave the others out.
  if (kind === "source" && !isRecord(columns) && !Array.isArray(document["schema"])) return null;
  if (kind !== "source" && kind !== "transform") return null;
  if (Array.isArray(columns)) {
    const named = columns.filter((name): name is string => typeof name === "string");
    const all = new Map([...named.map((name) => [name, ""] as const), [column, words] as const]);
    return { path: ["columns"], value: Object.fromEntries(all) };
  }
  const before = isRecord(columns) ? columns[column] : undefined;
  if (isRecord(before)) return { path: ["columns", column, "description"], value: words === "" ? undefined : words };
  const isOnlyName = kind === "source" && !Array.isArray(document["schema"]);
  return { path: ["columns", column], value: words === "" && !isOnlyName ? undefined : words };
};

const describeFeature = (features: unknown, column: string, words: string): DescriptionEdit | null => {
  const value = words === "" ? undefined : words;
  if (isRecord(features) && column in features) {
    const feature = features[column];
    if (isRecord(feature)) return { path: ["features", column, "description"], value };
    return { path: ["features", column], value: { dtype: feature, description: words } };
  }
  if (!Array.isArray(features)) return null;
  const at = features.findIndex(
    (feature: unknown) => feature === column || (isRecord(feature) && feature["name"] === column),
  );
  if (at < 0) return null;
  if (isRecord(features[at])) return { path: ["features", at, "description"], value };
  return { path: ["features", at], value: { name: column, description: words } };
};
