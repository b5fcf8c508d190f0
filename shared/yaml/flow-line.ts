// `[a, "b"]` and `{ a: 1, b: [x] }` on one line.

import { isPlainInFlow, plainValue, quotedValue, unsure } from "./plain-scalar.ts";

export interface FlowValue {
  readonly value: unknown;
  /** Offset just after the closing bracket. */
  readonly end: number;
}

const maxDepth = 8;

/** The collection that begins at `at`, or `unsure`. */
export const flowValue = (line: string, at: number, depth = 1): FlowValue | typeof unsure => {
  if (depth > maxDepth) return unsure;
  return line[at] === "[" ? sequence(line, at + 1, depth) : mapping(line, at + 1, depth);
};

const skip = (line: string, at: number): number => {
  let next = at;
  while (line[next] === " ") next++;
  return next;
};

const sequence = (line: string, start: number, depth: number): FlowValue | typeof unsure => {
  const value: unknown[] = [];
  let at = skip(line, start);
  while (line[at] !== "]") {
    const item = flowItem(line, at, depth, /[,\]]/g);
    if (item === unsure) return unsure;
    value.push(item.value);
    at = skip(line, item.end);
    if (line[at] === ",") at = skip(line, at + 1);
    else if (line[at] !== "]") return unsure;
  }
  return { value, end: at + 1 };
};

const keyPattern = /([A-Za-z_][A-Za-z0-9_-]*): +/y;

const mapping = (line: string, start: number, depth: number): FlowValue | typeof unsure => {
  const value: Record<string, unknown> = {};
  let at = skip(line, start);
  while (line[at] !== "}") {
    keyPattern.lastIndex = at;
    const [whole, key] = keyPattern.exec(line) ?? [];
    if (whole === undefined || key === undefined || !isPlainKey(key) || Object.hasOwn(value, key)) return unsure;
    const item = flowItem(line, at + whole.length, depth, /[,}]/g);
    if (item === unsure) return unsure;
    value[key] = item.value;
    at = skip(line, item.end);
    if (line[at] === ",") at = skip(line, at + 1);
    else if (line[at] !== "}") return unsure;
  }
  return { value, end: at + 1 };
};

/** Whether a key is text and nothing that YAML or JavaScript gives a meaning. */
export const isPlainKey = (key: string): boolean => typeof plainValue(key) === "string" && key !== "__proto__";

const flowItem = (line: string, at: number, depth: number, ends: RegExp): FlowValue | typeof unsure => {
  const first = line[at];
  if (first === "[" || first === "{") return flowValue(line, at, depth + 1);
  if (first === '"' || first === "'") return quotedValue(line, at);
  ends.lastIndex = at;
  const end = ends.exec(line)?.index ?? -1;
  const text = line.slice(at, end < 0 ? at : end).replace(/ +$/, "");
  if (text === "" || !isPlainInFlow(text)) return unsure;
  const value = plainValue(text);
  return value === unsure ? unsure : { value, end };
};
