import { z } from "zod";

/** What a form draws for one value; made from the schema that also checks the file. */
export type Field = { readonly help: string | null; readonly byDefault: unknown } & FieldType;

export type FieldType =
  | { readonly type: "text" }
  /** A number, or a text such as `7d`: what reads as a number becomes one. */
  | { readonly type: "measure" }
  | { readonly type: "number"; readonly isWhole: boolean }
  | { readonly type: "boolean" }
  | { readonly type: "choice"; readonly options: readonly string[] }
  /** `mayBeSingle`: one entry may also stand by itself. */
  | { readonly type: "list"; readonly item: Field; readonly mayBeSingle: boolean }
  | { readonly type: "tuple"; readonly items: readonly Field[] }
  | { readonly type: "object"; readonly keys: readonly KeyField[] }
  | { readonly type: "map"; readonly value: Field }
  | { readonly type: "union"; readonly options: readonly Field[] }
  /** A node's id, which some lists also write as `{ref: …}`. */
  | { readonly type: "reference" }
  | { readonly type: "any" };

export interface KeyField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly field: Field;
}

interface Json {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Json | boolean;
  readonly items?: Json | boolean;
  readonly prefixItems?: readonly Json[];
}

const models = new WeakMap<z.ZodType, readonly KeyField[]>();

/** The keys of a schema's mapping, as fields. */
export const fieldsOf = (schema: z.ZodType): readonly KeyField[] => {
  const known = models.get(schema);
  if (known !== undefined) return known;
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Json;
  const fields = keysOf(json);
  models.set(schema, fields);
  return fields;
};

const keysOf = ({ properties = {}, required = [] }: Json): readonly KeyField[] =>
  Object.entries(properties).map(([name, json]) => ({
    name,
    isRequired: required.includes(name),
    field: fieldOf(json),
  }));

const fieldOf = (json: Json): Field => ({
  help: json.description ?? innerHelp(json),
  byDefault: json.default,
  ...typeOf(json),
});

/** A union's own words are often those of its first branch. */
const innerHelp = ({ anyOf }: Json): string | null =>
  anyOf?.map(({ description }) => description).find((words) => words !== undefined) ?? null;

const typeOf = (json: Json): FieldType => {
  if (json.anyOf !== undefined) return unionOf(spread(json.anyOf));
  if (json.enum !== undefined) return { type: "choice", options: json.enum.map(String) };
  if (json.const !== undefined) return { type: "choice", options: [JSON.stringify(json.const).replaceAll('"', "")] };
  if (Array.isArray(json.type)) return { type: "measure" };
  switch (json.type) {
    case "string":
      return { type: "text" };
    case "number":
    case "integer":
      return { type: "number", isWhole: json.type === "integer" };
    case "boolean":
      return { type: "boolean" };
    case "array":
      return arrayOf(json);
    case "object":
      return objectOf(json);
    default:
      return { type: "any" };
  }
};

const spread = (options: readonly Json[]): readonly Json[] =>
  options.flatMap((option) => (option.anyOf === undefined ? [option] : spread(option.anyOf)));

const isScalar = ({ type, enum: words, const: word }: Json): boolean =>
  words === undefined &&
  word === undefined &&
  (Array.isArray(type) || type === "string" || type === "number" || type === "integer" || type === "null");

const isReference = ({ type, properties }: Json): boolean =>
  type === "object" && properties !== undefined && Object.keys(properties).join() === "ref";

const unionOf = (options: readonly Json[]): FieldType => {
  const [first, second] = options;
  if (first === undefined) return { type: "any" };
  if (second === undefined) return typeOf(first);
  if (options.every(isScalar))
    return options.every(({ type }) => type === "string") ? { type: "text" } : { type: "measure" };
  if (options.length === 2 && first.type === "string" && isReference(second)) return { type: "reference" };
  const lists = options.filter(({ type, prefixItems }) => type === "array" && prefixItems === undefined);
  const [list] = lists;
  const others = options.filter((option) => option !== list);
  // `x` or `[x, …]`: a list whose only entry may stand alone.
  if (lists.length === 1 && list !== undefined && isSame(others, entriesOf(list))) {
    return { type: "list", item: fieldOf(list.items as Json), mayBeSingle: true };
  }
  return { type: "union", options: distinct(options.map(fieldOf)) };
};

const entriesOf = ({ items }: Json): readonly Json[] => {
  if (typeof items !== "object") return [];
  return items.anyOf === undefined ? [items] : spread(items.anyOf);
};

const isSame = (a: readonly Json[], b: readonly Json[]): boolean =>
  a.length === b.length && a.every((json, at) => shapeText(json) === shapeText(b[at] as Json));

const shapeText = (json: Json): string =>
  JSON.stringify(json, (key, value: unknown) => (key === "description" ? undefined : value));

const distinct = (fields: readonly Field[]): readonly Field[] => {
  const seen = new Set<string>();
  return fields.filter((field) => {
    const text = JSON.stringify({ ...field, help: null });
    return seen.has(text) ? false : seen.add(text) !== undefined;
  });
};

const arrayOf = ({ items, prefixItems }: Json): FieldType => {
  if (prefixItems !== undefined) return { type: "tuple", items: prefixItems.map(fieldOf) };
  const item: Field = typeof items === "object" ? fieldOf(items) : { type: "any", help: null, byDefault: undefined };
  return { type: "list", item, mayBeSingle: false };
};

const objectOf = (json: Json): FieldType => {
  if (json.properties !== undefined) return { type: "object", keys: keysOf(json) };
  const value = json.additionalProperties;
  if (typeof value === "object") return { type: "map", value: fieldOf(value) };
  return { type: "map", value: { type: "any", help: null, byDefault: undefined } };
};
