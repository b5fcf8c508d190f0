import { keywords } from "./keywords.ts";

/** An SQL identifier in double quotes. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** An identifier as DuckDB prints it: in quotes only where it would not be read back as itself. */
export const quoteWhenNeeded = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !keywords.has(name.toLowerCase()) ? name : quoted(name);

/** An SQL string literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
