// How a column is held in parquet where parquet has no such type, and how a view gives the column its type back.
// Nothing may be lost: DuckDB itself would write a HUGEINT as a DOUBLE without a word.

import { literal, quoted } from "../sql/identifiers.ts";
import { parseType, type TypeTree, typeText } from "./type-tree.ts";

/** A column on its way into or out of parquet; both functions turn an SQL expression into another. */
export interface StoredForm {
  /** True when parquet holds the type as it is. */
  readonly same: boolean;
  /** The type in the file. */
  readonly type: TypeTree;
  readonly store: (expression: string) => string;
  readonly load: (expression: string) => string;
}

// Text is exact for all of these; parquet's own forms are DOUBLE, UTC times, milliseconds and unsigned intervals.
const plainStorage: Readonly<Record<string, string>> = {
  HUGEINT: "DECIMAL(38,0)",
  UHUGEINT: "DECIMAL(38,0)",
  BIGNUM: "VARCHAR",
  BIT: "VARCHAR",
  INTERVAL: "VARCHAR",
  "TIME WITH TIME ZONE": "VARCHAR",
  TIME_NS: "VARCHAR",
  TIMESTAMP_MS: "TIMESTAMP",
};

/**
 * False for the few types that cannot be given back: an unnamed struct has no spelling to cast to, which arrays and
 * unions need.
 */
export const isStorable = (type: string): boolean => storable(parseType(type));

const storable = (type: TypeTree): boolean => {
  switch (type.kind) {
    case "plain":
      return true;
    case "list":
      return storable(type.item);
    case "array":
      return !hasUnnamed(type.item);
    case "map":
      return storable(type.key) && storable(type.value);
    case "struct":
      return type.fields.every((field) => storable(field.type));
    default:
      return !type.fields.some((field) => hasUnnamed(field.type));
  }
};

const hasUnnamed = (type: TypeTree): boolean => {
  switch (type.kind) {
    case "plain":
      return false;
    case "list":
    case "array":
      return hasUnnamed(type.item);
    case "map":
      return hasUnnamed(type.key) || hasUnnamed(type.value);
    default:
      return type.fields.some((field) => field.name === "" || hasUnnamed(field.type));
  }
};

const asItIs = (type: TypeTree): StoredForm => ({ same: true, type, store: (x) => x, load: (x) => x });

const byCast = (type: TypeTree, storage: string): StoredForm => ({
  same: false,
  type: { kind: "plain", text: storage },
  store: (x) => `cast(${x} as ${storage})`,
  load: (x) => `cast(${x} as ${typeText(type)})`,
});

/** The stored form of a type in DuckDB's spelling. */
export const storedForm = (type: string): StoredForm => formOf(parseType(type), 0);

/** `depth` keeps the names of nested lambdas apart. */
const formOf = (type: TypeTree, depth: number): StoredForm => {
  switch (type.kind) {
    case "plain":
      return plainForm(type);
    case "list":
    case "array":
      return listForm(type, type.item, depth);
    case "map":
      return mapForm(type, depth);
    case "struct":
      return structForm(type, depth);
    default:
      return unionForm(type, depth);
  }
};

const plainForm = (type: TypeTree & { readonly kind: "plain" }): StoredForm => {
  const name = type.text.toUpperCase();
  if (name.startsWith("ENUM(")) return byCast(type, "VARCHAR");
  // Parquet writes a coordinate system of its own into a geometry that has none.
  if (name === "GEOMETRY") return { ...asItIs(type), same: false, load: (x) => `cast(${x} as GEOMETRY)` };
  if (name === "TIMESTAMP_S") return secondsForm(type);
  const storage = plainStorage[name];
  return storage === undefined ? asItIs(type) : byCast(type, storage);
};

/** DuckDB cannot cast an infinite TIMESTAMP_S to a TIMESTAMP. */
const secondsForm = (type: TypeTree): StoredForm => {
  const cast = (x: string, to: string) =>
    `case cast(${x} as varchar) ` +
    ["infinity", "-infinity"].map((text) => `when '${text}' then cast('${text}' as ${to}) `).join("") +
    `else cast(${x} as ${to}) end`;
  return {
    same: false,
    type: { kind: "plain", text: "TIMESTAMP" },
    store: (x) => cast(x, "TIMESTAMP"),
    load: (x) => cast(x, typeText(type)),
  };
};

const listForm = (type: TypeTree, item: TypeTree, depth: number): StoredForm => {
  const form = formOf(item, depth + 1);
  const fixed = type.kind === "array";
  if (form.same && !fixed) return asItIs(type);
  const each = (x: string, change: (x: string) => string): string => {
    const name = `item${depth}`;
    return form.same ? x : `list_transform(${x}, lambda ${name}: ${change(name)})`;
  };
  const list: TypeTree = { kind: "list", item: form.type };
  return {
    same: false,
    type: list,
    store: (x) => each(fixed ? `cast(${x} as ${typeText(item)}[])` : x, form.store),
    load: (x) => {
      const items = each(x, form.load);
      return fixed ? `cast(${items} as ${typeText(type)})` : items;
    },
  };
};

const mapForm = (type: TypeTree & { readonly kind: "map" }, depth: number): StoredForm => {
  const key = formOf(type.key, depth + 1);
  const value = formOf(type.value, depth + 1);
  if (key.same && value.same) return asItIs(type);
  const each = (x: string, changeKey: (x: string) => string, changeValue: (x: string) => string): string => {
    const entry = `item${depth}`;
    const changed = `{'k': ${changeKey(`${entry}.key`)}, 'v': ${changeValue(`${entry}.value`)}}`;
    return `map_from_entries(list_transform(map_entries(${x}), lambda ${entry}: ${changed}))`;
  };
  return {
    same: false,
    type: { kind: "map", key: key.type, value: value.type },
    store: (x) => each(x, key.store, value.store),
    load: (x) => each(x, key.load, value.load),
  };
};

const structForm = (type: TypeTree & { readonly kind: "struct" }, depth: number): StoredForm => {
  const forms = type.fields.map((field) => formOf(field.type, depth));
  if (forms.every((form) => form.same)) return asItIs(type);
  // The struct that `row(…)` makes has no names; in parquet its fields are v1, v2, …
  const unnamed = type.fields.every(({ name }) => name === "");
  const names = type.fields.map(({ name }, i) => (unnamed ? `v${i + 1}` : name));
  const each = (x: string, change: "store" | "load"): readonly string[] =>
    forms.map((form, i) => form[change](`struct_extract_at(${x}, ${i + 1})`));
  return {
    same: false,
    type: { kind: "struct", fields: names.map((name, i) => ({ name, type: forms[i]!.type })) },
    store: (x) => unlessNull(x, pack(names, each(x, "store"))),
    load: (x) => unlessNull(x, unnamed ? `row(${each(x, "load").join(", ")})` : pack(names, each(x, "load"))),
  };
};

/** A union is a struct of its tag and its members, of which only the tag's own is not null. */
const unionForm = (type: TypeTree & { readonly kind: "union" }, depth: number): StoredForm => {
  const forms = type.fields.map((field) => formOf(field.type, depth));
  const names = type.fields.map(({ name }) => name);
  const tag = tagName(names);
  const members = (x: string) => names.map((name, i) => forms[i]!.store(`union_extract(${x}, ${literal(name)})`));
  const branches = (x: string) =>
    names.map((name, i) => {
      const member = forms[i]!.load(`struct_extract(${x}, ${literal(name)})`);
      return `when ${literal(name)} then cast(union_value(${quoted(name)} := ${member}) as ${typeText(type)})`;
    });
  return {
    same: false,
    type: {
      kind: "struct",
      fields: [
        { name: tag, type: { kind: "plain", text: "VARCHAR" } },
        ...names.map((name, i) => ({ name, type: forms[i]!.type })),
      ],
    },
    store: (x) =>
      `case when union_tag(${x}) is not null then ` +
      `${pack([tag, ...names], [`cast(union_tag(${x}) as varchar)`, ...members(x)])} end`,
    load: (x) => `case struct_extract(${x}, ${literal(tag)}) ${branches(x).join(" ")} end`,
  };
};

const unlessNull = (x: string, then: string): string => `case when ${x} is not null then ${then} end`;

const pack = (names: readonly string[], values: readonly string[]): string =>
  `struct_pack(${names.map((name, i) => `${quoted(name)} := ${values[i]}`).join(", ")})`;

const tagName = (names: readonly string[]): string => {
  let tag = "tag";
  while (names.some((name) => name.toLowerCase() === tag)) tag = `${tag}_`;
  return tag;
};
