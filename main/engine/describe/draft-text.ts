import { locateInText, type PlacedText } from "../../../shared/graph/index.ts";
import { stripTrailingSemicolon } from "../duckdb/sql/lexer.ts";
import { expandFragments, hasHoles, readFragments } from "../project/fragments.ts";
import { listFiles } from "../project/list-files.ts";
import { ProjectFiles } from "../project/project-files.ts";

/** A text as it would run: fragments of the common folder filled in, without its semicolon. Throws `fragment_unknown`. */
export const expandedDraft = (root: string, written: string): PlacedText => {
  const placed = { text: written, location: { file: "", line: 1, column: 1 } };
  const filled = hasHoles(written) ? expandFragments(placed, fragmentsOf(root)) : placed;
  return { ...filled, text: stripTrailingSemicolon(filled.text) };
};

const fragmentsOf = (root: string): ReturnType<typeof readFragments>["byName"] => {
  const files = new ProjectFiles(root);
  return readFragments(listFiles(root).common.map((path) => ({ path, text: files.text(path) }))).byName;
};

/** The offset in the text as written of an offset in the text as it runs. */
export const offsetIn = (written: string, placed: PlacedText, offset: number): number => {
  const { line, column } = locateInText(placed, offset);
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = written.indexOf("\n", start) + 1;
  return Math.min(written.length, start + column - 1);
};
