import { fromErrorData, HeadraceError, toErrorData } from "../../../shared/errors/index.ts";
import { locateInText, type SqlBody } from "../../../shared/graph/index.ts";

const offsetOf = (text: string, line: number, column: number): number => {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, entry) => sum + entry.length + 1, 0) + column - 1;
};

/** Gives an error whose parameters name a line and column of a node's SQL its place in the file. */
export const locateSqlError = (thrown: unknown, body: SqlBody): unknown => {
  if (!(thrown instanceof HeadraceError) || thrown.location !== null) return thrown;
  const { line, column } = thrown.params;
  const known = typeof line === "number" && typeof column === "number";
  const location = known ? locateInText(body, offsetOf(body.text, line, column)) : body.location;
  return fromErrorData({ ...toErrorData(thrown), location });
};
