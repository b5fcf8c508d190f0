/** The DuckDB that computes outputs; a test holds it against the installed one. */
export const duckdbVersion = "1.5.5";

/** Part of every fingerprint: another engine may give other bytes. */
export const engineVersion = `duckdb ${duckdbVersion}`;
