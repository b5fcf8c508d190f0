// Types of SQLite columns, from what their tables declare.

import { dataType } from "../data-type.ts";
import type { StrictCast } from "../strict-cast.ts";

/** DuckDB's type for a declared one, by SQLite's own rules of affinity; `null` where only the values can tell. */
export const sqliteType = (declared: string | null): string | null => {
  if (declared === null || declared === "") return null;
  const name = declared.toUpperCase();
  const exact = dataType(declared);
  // SQLite's integers are 64 bits wide, whatever the table calls them.
  if (name.includes("INT")) return "BIGINT";
  if (name.includes("CHAR") || name.includes("CLOB") || name.includes("TEXT")) return "VARCHAR";
  if (name.includes("BLOB")) return "BLOB";
  if (/REAL|FLOA|DOUB/.test(name)) return "DOUBLE";
  if (exact !== null && /^(BOOLEAN|DATE|TIME|DECIMAL|UUID|JSON)/.test(exact) && /[(]|^(?!DEC|NUM)/.test(name))
    return exact;
  return null;
};

/** Blobs travel as hexadecimal digits. */
const blob: StrictCast = {
  value: (text) => `unhex(${text})`,
  valid: (_text, value) => `${value} is not null`,
};

/** How a value's text becomes `type`, where that is not the usual way. */
export const sqliteCast = (type: string): StrictCast | undefined => (type === "BLOB" ? blob : undefined);
