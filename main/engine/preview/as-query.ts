import { HeadraceError } from "../../../shared/errors/index.ts";

/** What failed in a query that somebody asked, in words that name no node: there is none. */
export const asQuery = (thrown: unknown): unknown => {
  if (!(thrown instanceof HeadraceError) || thrown.params["node"] !== "query") return thrown;
  const { location, cause, params } = thrown;
  const code = thrown.code === "sql_failed" ? "query_failed" : thrown.code;
  const place = location === null ? {} : { location };
  return new HeadraceError(code, { ...place, params: { ...params, node: "the query" } }, { cause });
};
