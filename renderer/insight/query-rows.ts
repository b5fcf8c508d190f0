import { host } from "../api.ts";

const mostRows = 1000;

/** A small query's rows as exact texts. */
export const queryRows = async (sql: string, signal: AbortSignal): Promise<readonly (readonly (string | null)[])[]> => {
  const [answer, { decodePage }] = await Promise.all([
    host().fetch("query.page", { sql, offset: 0, limit: mostRows }, signal),
    import("../pages/decode-page.ts"),
  ]);
  const page = decodePage(answer);
  return Array.from({ length: page.rows }, (_row, row) => page.columns.map((_column, at) => page.cell(row, at)));
};
