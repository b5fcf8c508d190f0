// What an edit means, apart from any text.

import type { YamlPath } from "./document.ts";

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Equality of plain data; the order of keys does not count, `undefined` is as good as absent. */
export const isEqual = (left: unknown, right: unknown): boolean => {
  if (Object.is(left, right) || (left === 0 && right === 0)) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => isEqual(left[key], right[key]));
};

/** The value with `path` set, or taken away; `null` when the path leads through a scalar. */
export const withValue = (value: unknown, path: YamlPath, change: unknown): { readonly value: unknown } | null => {
  const [part, ...rest] = path;
  if (part === undefined) return change === undefined ? null : { value: change };
  if (value === null || value === undefined) {
    if (change === undefined) return { value };
    const inner = withValue(undefined, rest, change);
    if (inner === null) return null;
    return { value: typeof part === "number" ? [inner.value] : { [part]: inner.value } };
  }
  if (Array.isArray(value)) return typeof part === "number" ? inList(value, part, rest, change) : null;
  return isRecord(value) ? inMapping(value, String(part), rest, change) : null;
};

const inList = (
  list: readonly unknown[],
  index: number,
  rest: YamlPath,
  change: unknown,
): { readonly value: unknown } | null => {
  if (change === undefined && rest.length === 0) return { value: list.filter((_, at) => at !== index) };
  const inner = withValue(list[index], rest, change);
  if (inner === null || index > list.length || index < 0) return null;
  return { value: [...list.slice(0, index), inner.value, ...list.slice(index + 1)] };
};

const inMapping = (
  mapping: Readonly<Record<string, unknown>>,
  key: string,
  rest: YamlPath,
  change: unknown,
): { readonly value: unknown } | null => {
  if (change === undefined && rest.length === 0) {
    return { value: Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== key)) };
  }
  if (change === undefined && mapping[key] === undefined) return { value: mapping };
  const inner = withValue(mapping[key], rest, change);
  return inner === null ? null : { value: { ...mapping, [key]: inner.value } };
};

/** What a value has under a key or at a place. */
export const childOf = (value: unknown, part: string | number): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string | number, unknown>>)[part] : undefined;
