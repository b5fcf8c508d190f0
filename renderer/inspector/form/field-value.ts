import type { Field } from "./field-model.ts";

export type Path = readonly (string | number)[];
type Raw = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value has a field's shape; not whether it is valid. */
export const fits = (field: Field, value: unknown): boolean => {
  switch (field.type) {
    case "text":
      return typeof value === "string";
    case "measure":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null;
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "choice":
      return field.options.includes(String(value));
    case "list":
      return Array.isArray(value)
        ? value.every((item: unknown) => fits(field.item, item))
        : field.mayBeSingle && fits(field.item, value);
    case "tuple":
      return (
        Array.isArray(value) && value.length === field.items.length && value.every((item) => typeof item === "number")
      );
    case "object":
      return isRecord(value) && Object.keys(value).every((key) => field.keys.some(({ name }) => name === key));
    case "map":
      return isRecord(value);
    case "reference":
      return typeof value === "string" || (isRecord(value) && typeof value["ref"] === "string");
    case "union":
      return field.options.some((option) => fits(option, value));
    default:
      return true;
  }
};

/** The branch of a union that a value is of. */
export const branchOf = (options: readonly Field[], value: unknown): number => {
  const exact = options.findIndex((option) => option.type !== "any" && fits(option, value));
  return exact >= 0
    ? exact
    : Math.max(
        0,
        options.findIndex((option) => option.type === shapeOf(value)),
      );
};

const shapeOf = (value: unknown): Field["type"] => {
  if (Array.isArray(value)) return "list";
  if (isRecord(value)) return "object";
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "text";
};

/** What a field begins with when somebody adds it. */
export const emptyValue = (field: Field): unknown => {
  if (field.byDefault !== undefined) return field.byDefault;
  switch (field.type) {
    case "number":
      return 0;
    case "boolean":
      return true;
    case "choice":
      return field.options[0] ?? "";
    case "list":
      return [];
    case "tuple":
      return field.items.map(() => 0);
    case "object":
      return Object.fromEntries(
        field.keys.flatMap(({ name, isRequired, field: inner }) => (isRequired ? [[name, emptyValue(inner)]] : [])),
      );
    case "map":
      return {};
    case "union":
      return field.options[0] === undefined ? "" : emptyValue(field.options[0]);
    default:
      return "";
  }
};
/** A copy with the value at a path replaced, or taken out with `undefined`. */
export const withValueAt = (value: unknown, path: Path, next: unknown): unknown => {
  const [part, ...rest] = path;
  if (part === undefined) return next;
  if (typeof part === "number") {
    const list: unknown[] = Array.isArray(value) ? [...value] : value === undefined ? [] : [value];
    const inner = withValueAt(list[part], rest, next);
    if (inner === undefined) list.splice(part, 1);
    else list[part] = inner;
    return list;
  }
  const record: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  const inner = withValueAt(record[part], rest, next);
  if (inner === undefined) delete record[part];
  else record[part] = inner;
  return record;
};

/** What somebody typed where any value may stand: JSON where it is that, else the text itself. */
export const looseValue = (written: string): unknown => {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
};

/** The same the other way: a text as it is, unless it would read as something else. */
export const looseText = (value: unknown): string => {
  if (value === undefined) return "";
  if (typeof value === "string" && looseValue(value) === value) return value;
  return JSON.stringify(value);
};
