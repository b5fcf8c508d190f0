// What a schema found wrong, as problems a person can act on: where, what was expected, what was found, what is near.

import type { z } from "zod";

import { nearest } from "../nearest.ts";
import type { YamlPath } from "../../yaml/document.ts";
import type { ErrorCode, ErrorParams } from "../../errors/index.ts";

type Issue = z.core.$ZodIssue;

export interface Finding {
  readonly code: ErrorCode;
  readonly path: YamlPath;
  /** Whether the key itself is meant, not its value. */
  readonly atKey: boolean;
  readonly params: ErrorParams;
  readonly next: string | undefined;
}

/** All findings of a failed parse; `shape` tells which keys are valid at a path. */
export const findingsOf = (issues: readonly Issue[], value: unknown, validKeys: ValidKeys): readonly Finding[] =>
  issues.flatMap((issue) => findings(issue, [], value, validKeys));

/** Keys that are valid in the object at a path, for suggestions. */
export type ValidKeys = (path: YamlPath) => readonly string[];

const findings = (issue: Issue, base: YamlPath, value: unknown, validKeys: ValidKeys): readonly Finding[] => {
  const path = [...base, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key, validKeys(path)));
  if (issue.code === "invalid_union") return unionFindings(issue, path, value, validKeys);
  const found = at(value, path);
  const name = nameOf(path);
  if (found === undefined && issue.code !== "custom") {
    const params = { key: name, expected: expectedOf(issue) };
    return [{ code: "key_missing", path, atKey: false, params, next: undefined }];
  }
  const params = { key: name, expected: expectedOf(issue), found: describe(found) };
  const next = issue.code === "invalid_value" ? nearestValue(found, issue.values) : undefined;
  return [{ code: "value_invalid", path, atKey: false, params, next }];
};

const unknownKey = (path: YamlPath, key: string, valid: readonly string[]): Finding => {
  const close = nearest(key, valid);
  const where = path.length === 0 ? "" : ` in ${nameOf(path)}`;
  const next = close === null ? `Valid keys${where}: ${valid.join(", ")}.` : `Did you mean ${close}?`;
  return { code: "key_unknown", path: [...path, key], atKey: true, params: { key, where }, next };
};

/** The branch that got furthest is the one that was meant; otherwise every form is listed. */
const unionFindings = (
  issue: Issue & { code: "invalid_union" },
  path: YamlPath,
  value: unknown,
  validKeys: ValidKeys,
): readonly Finding[] => {
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const meant = branches.filter((branch) => !branch.some((inner) => isWrongShape(inner)));
  if (meant.length >= 1) {
    const [best] = meant.toSorted((a, b) => a.length - b.length);
    return (best ?? []).flatMap((inner) => findings(inner, path, value, validKeys));
  }
  const found = at(value, path);
  const expected = [...new Set(branches.flatMap((branch) => branch.map((inner) => expectedOf(inner))))].join(" or ");
  if (found === undefined) {
    return [{ code: "key_missing", path, atKey: false, params: { key: nameOf(path), expected }, next: undefined }];
  }
  const params = { key: nameOf(path), expected, found: describe(found) };
  return [{ code: "value_invalid", path, atKey: false, params, next: undefined }];
};

const isWrongShape = (issue: Issue): boolean =>
  issue.path.length === 0 &&
  (issue.code === "invalid_type" || issue.code === "invalid_value" || issue.code === "invalid_format");

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
  tuple: "a list",
  null: "nothing",
};

const expectedOf = (issue: Issue): string => {
  switch (issue.code) {
    case "invalid_type":
      return typeNames[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_format":
      return formatOf(issue);
    case "invalid_union":
      return [...new Set(issue.errors.flatMap((branch) => branch.map((inner) => expectedOf(inner))))].join(" or ");
    default:
      return issue.message;
  }
};

const unitOf = (origin: string): string => (origin === "array" ? " entries" : origin === "string" ? " characters" : "");

const formatOf = (issue: Issue & { code: "invalid_format" }): string => {
  const pattern = "pattern" in issue && typeof issue.pattern === "string" ? issue.pattern : "";
  if (pattern.includes("ms|s|m|h|d")) return "a duration such as 30s, 5m, 2h, 7d";
  if (pattern.includes("KMGT")) return "a size such as 300MB, 2GiB";
  if (pattern.includes("mo|y")) return "a window such as 30d, 12h, 1mo";
  if (pattern.includes("[a-z_]")) return "lower-case letters, digits and underscores, not starting with a digit";
  return `text like ${pattern}`;
};

/** What stands there, short and without a long value. */
export const describe = (value: unknown): string => {
  if (value === null) return "nothing";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  const text = JSON.stringify(value) ?? typeof value;
  const short = text.length > 60 ? `${text.slice(0, 57)}…` : text;
  return typeof value === "string" ? `text ${short}` : short;
};

const nearestValue = (found: unknown, values: readonly unknown[]): string | undefined => {
  if (typeof found !== "string") return undefined;
  const close = nearest(found, values.map(String));
  return close === null ? undefined : `Did you mean ${close}?`;
};

const at = (value: unknown, path: YamlPath): unknown => {
  let here: unknown = value;
  for (const part of path) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[part];
  }
  return here;
};

/** `materializations[0].mode`. */
export const nameOf = (path: YamlPath): string =>
  path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("") ||
  "the document";
