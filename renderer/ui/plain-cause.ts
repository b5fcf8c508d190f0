/** A cause that tells a person something; DuckDB's own, made for programs, repeats the message in JSON. */
export const plainCause = (cause: string | null): string | null =>
  cause === null || cause.startsWith('{"exception_type"') ? null : cause;
