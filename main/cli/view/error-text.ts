import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { ErrorData, SourceLocation } from "../../../shared/errors/index.ts";
import { visible } from "../text/format.ts";
import type { Style } from "../text/style.ts";
import { textWidth, truncate } from "../text/width.ts";

const longestSourceLine = 160;

/** `7 │ select amuont` and a caret under the column; nothing where the line cannot be read. */
function sourceExcerpt(location: SourceLocation, root: string, style: Style): string[] {
  let line: string | undefined;
  try {
    line = readFileSync(join(root, location.file), "utf8").split(/\r?\n/)[location.line - 1];
  } catch {
    return [];
  }
  if (line === undefined || line.trim() === "" || location.column > longestSourceLine) return [];
  const indent = line.length - line.trimStart().length;
  const shown = truncate(line.slice(indent).replaceAll("\t", " "), longestSourceLine);
  const number = String(location.line);
  const before = textWidth(line.slice(indent, Math.max(indent, location.column - 1)));
  return [
    `${style.quiet(`${number} │`)} ${visible(shown)}`,
    `${style.quiet(`${" ".repeat(number.length)} │`)} ${" ".repeat(before)}${style.bad("^")}`,
  ];
}

export interface ErrorTextOptions {
  readonly style: Style;
  /** Where locations are relative to; `null` when there is no project. */
  readonly root: string | null;
  readonly verbose: boolean;
  readonly severity?: "error" | "warning";
}

/** An error as a person reads it: code, sentence, place, the source line with a caret, what to do next. */
export function errorText(error: ErrorData, options: ErrorTextOptions): string[] {
  const { style, root, verbose } = options;
  const paint = options.severity === "warning" ? style.warn : style.bad;
  const about = error.node === null ? "" : ` ${error.node}`;
  const lines = [`${paint(options.severity ?? "error")} ${style.strong(error.code)}${about}`];
  lines.push(...error.message.split("\n").map((line) => `  ${visible(line)}`));
  if (error.location !== null) {
    const { file, line, column } = error.location;
    lines.push(`  ${style.accent(`${visible(file)}:${line}:${column}`)}`);
    if (root !== null) lines.push(...sourceExcerpt(error.location, root, style).map((text) => `    ${text}`));
  }
  if (verbose && error.cause !== null && !error.message.includes(error.cause)) {
    lines.push(...`cause: ${error.cause}`.split("\n").map((line) => `  ${style.quiet(visible(line))}`));
  }
  if (error.next !== "") lines.push(...error.next.split("\n").map((line) => `  → ${visible(line)}`));
  return lines;
}
