import { HeadraceError, type ErrorCode } from "../../../shared/errors/index.ts";

/** DuckDB's message when a connector host refused, else `null` (cancelled, lost, our own). */
export const refusal = (error: unknown): string | null =>
  error instanceof HeadraceError && error.code === ("connector_failed" satisfies ErrorCode)
    ? String(error.params["detail"] ?? error.message)
    : null;

/** The message without DuckDB's kind of error in front, on one line, short enough for a sentence. */
export const shortened = (message: string): string => {
  const line =
    message
      .replace(/^[\w ]+ error: /i, "")
      .split("\n")
      .map((part) => part.trim())
      .filter(Boolean)[0] ?? "";
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
};
