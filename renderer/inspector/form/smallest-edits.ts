import { isRecord, type Path } from "./field-value.ts";

/** One key to write, or with `undefined` to take out. */
export interface Edit {
  readonly path: Path;
  readonly value: unknown;
}

export const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted((a, b) => (a < b ? -1 : 1))
      .map((key) => [key, sorted(value[key])]),
  );
};

/** The fewest keys to write for `before` to say what `after` says, in an order that may be followed one by one. */
export const smallestEdits = (before: unknown, after: unknown, path: Path = []): readonly Edit[] => {
  if (isEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) return ofMappings(before, after, path);
  if (Array.isArray(before) && Array.isArray(after) && path.length > 0) return ofLists(before, after, path);
  return [{ path, value: after }];
};

type Raw = Readonly<Record<string, unknown>>;

const ofMappings = (before: Raw, after: Raw, path: Path): readonly Edit[] => {
  const gone = Object.keys(before).filter((key) => !(key in after));
  const edits = Object.keys(after).flatMap((key) =>
    key in before
      ? smallestEdits(before[key], after[key], [...path, key])
      : [{ path: [...path, key], value: after[key] }],
  );
  // A mapping that is emptied key by key would go as a whole.
  if (path.length > 0 && Object.keys(after).length === 0) return [{ path, value: after }];
  return [...edits, ...gone.map((key) => ({ path: [...path, key], value: undefined }))];
};

const ofLists = (before: readonly unknown[], after: readonly unknown[], path: Path): readonly Edit[] => {
  if (after.length === before.length) {
    return after.flatMap((item, at) => smallestEdits(before[at], item, [...path, at]));
  }
  const isStart = before.every((item, at) => isEqual(item, after[at]));
  if (after.length > before.length && isStart) {
    return after.slice(before.length).map((value, at) => ({ path: [...path, before.length + at], value }));
  }
  const removed = before.findIndex((item, at) => !isEqual(item, after[at]));
  const isOneLess = after.length === before.length - 1 && isEqual(after.slice(removed), before.slice(removed + 1));
  if (isOneLess && after.length > 0) return [{ path: [...path, removed], value: undefined }];
  return [{ path, value: after }];
};
