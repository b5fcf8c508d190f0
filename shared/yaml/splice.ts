// Cuts and insertions in a text, each of one pair or item.

import type { Pair, YAMLMap, YAMLSeq } from "yaml";

import { type Manner, renderInline } from "./render.ts";
import { endOf, isBlock, lineEnd, lineStart, nextLine, pairEnd, startOf } from "./tree.ts";

/** New lines right below the line of `end`. */
export const insertLines = (text: string, end: number, lines: string, manner: Manner): string => {
  const at = lineEnd(text, end);
  return text.slice(0, at) + manner.newline + lines + text.slice(at);
};

/**
 * Replaces a block. Comments on its first line stay there: `key: # comment` above a value, and `key: value # comment`
 * when the new value needs more lines.
 */
export const spliceKeepingComment = (
  text: string,
  start: number,
  end: number,
  written: string,
  valueStart: number,
): string => {
  const firstEnd = lineEnd(text, start);
  const above = valueStart > firstEnd ? (/[ \t]#.*$/.exec(text.slice(start, firstEnd))?.[0] ?? "") : "";
  const rest = text.slice(end, lineEnd(text, end));
  const after = end <= firstEnd && /^[ \t]+#/.test(rest) ? rest : "";
  const newline = written.search(/\r?\n/);
  if (newline < 0) return text.slice(0, start) + written + above + text.slice(end);
  const comment = above + after;
  return (
    text.slice(0, start) + written.slice(0, newline) + comment + written.slice(newline) + text.slice(end + after.length)
  );
};

export const insertFlowItem = (text: string, list: YAMLSeq, index: number, value: unknown): string | null => {
  const written = renderInline(value, undefined, true);
  const [start, end] = list.range ?? [0, 0];
  if (list.items.length === 0) return `${text.slice(0, start)}[${written}]${text.slice(end)}`;
  const before = list.items[index - 1];
  if (index > 0) {
    const at = endOf(text, before);
    return at === null ? null : `${text.slice(0, at)}, ${written}${text.slice(at)}`;
  }
  const first = startOf(list.items[0]);
  return first === null ? null : `${text.slice(0, first)}${written}, ${text.slice(first)}`;
};

export const removePair = (text: string, map: YAMLMap, pair: Pair): string | null => {
  const start = startOf(pair.key);
  const end = pairEnd(text, pair);
  if (start === null || end === null) return null;
  const index = map.items.indexOf(pair);
  if (!isBlock(map))
    return removeBetween(
      text,
      start,
      end,
      startOf(map.items[index + 1]?.key),
      index === 0 ? null : pairEnd(text, map.items[index - 1] as Pair),
    );
  if (text.slice(lineStart(text, start), start).trim() === "")
    return text.slice(0, lineStart(text, start)) + text.slice(nextLine(text, end));
  // The first key of a list's item shares its line with the dash.
  const next = startOf(map.items[index + 1]?.key);
  if (next === null) return null;
  const isBare = text.slice(end, next).trim() === "";
  return isBare
    ? text.slice(0, start) + text.slice(next)
    : text.slice(0, start).trimEnd() + text.slice(lineEnd(text, end));
};

export const removeItem = (text: string, list: YAMLSeq, index: number): string | null => {
  const item = list.items[index];
  const start = startOf(item);
  const end = endOf(text, item);
  if (start === null || end === null) return null;
  if (!isBlock(list))
    return removeBetween(
      text,
      start,
      end,
      startOf(list.items[index + 1]),
      index === 0 ? null : endOf(text, list.items[index - 1]),
    );
  const dash = text.lastIndexOf("-", start);
  const line = lineStart(text, dash);
  return text.slice(line, dash).trim() === ""
    ? text.slice(0, line) + text.slice(nextLine(text, Math.max(end, dash)))
    : null;
};

/** Takes an entry of a flow collection out together with one comma. */
const removeBetween = (text: string, start: number, end: number, next: number | null, before: number | null): string =>
  before === null ? text.slice(0, start) + text.slice(next ?? end) : text.slice(0, before) + text.slice(end);
