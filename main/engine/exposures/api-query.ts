// What a reader of an API asks for in its address, against the columns there are.

import { ProjectError } from "../../../shared/errors/index.ts";
import { type Column, suggestion } from "../../../shared/graph/index.ts";
import { quoted } from "../duckdb/sql/identifiers.ts";

/** A question with every name checked and every value bound. */
export interface ApiQuery {
  readonly columns: readonly Column[];
  /** What stands behind `select … from input_0`, without limit. */
  readonly rest: string;
  readonly params: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly offset: number;
}

const usualRows = 1000;
const mostRows = 100_000;
/** Cells of one answer: it is made in memory. */
const mostCells = 2_000_000;
const mostFilters = 20;
const mostValues = 100;

const invalid = (detail: string): ProjectError => new ProjectError("exposure_query_invalid", { params: { detail } });

const operators: Readonly<Record<string, string>> = { eq: "=", ne: "<>", gt: ">", gte: ">=", lt: "<", lte: "<=" };
const reserved = new Set(["columns", "order", "limit", "offset", "format"]);

/** Reads an address's question. Throws `exposure_query_invalid`. */
export const readApiQuery = (search: URLSearchParams, available: readonly Column[]): ApiQuery => {
  for (const name of reserved) if (search.getAll(name).length > 1) throw invalid(`${name} is given twice`);
  const columns = list(search.get("columns")).map((name) => columnNamed(available, name));
  const shown = columns.length === 0 ? available : columns;
  const binder = new Binder();
  const filters = [...search].filter(([name]) => !reserved.has(name));
  if (filters.length > mostFilters) throw invalid(`more than ${mostFilters} filters`);
  const where = filters.map(([name, value]) => condition(columnNamed(available, name), value, binder));
  const order = list(search.get("order")).map((part) => ordering(available, part));
  const most = Math.max(1, Math.min(mostRows, Math.floor(mostCells / Math.max(1, shown.length))));
  const limit = wholeNumber(search.get("limit"), "limit") ?? Math.min(usualRows, most);
  if (limit > most) throw invalid(`limit may be at most ${most} here`);
  return {
    columns: shown,
    rest: [
      ...(where.length === 0 ? [] : [`where ${where.join(" and ")}`]),
      ...(order.length === 0 ? [] : [`order by ${order.join(", ")}`]),
    ].join(" "),
    params: binder.params,
    limit,
    offset: wholeNumber(search.get("offset"), "offset") ?? 0,
  };
};

const list = (text: string | null): readonly string[] => (text === null || text === "" ? [] : text.split(","));

const columnNamed = (available: readonly Column[], name: string): Column => {
  const found =
    available.find((column) => column.name === name) ??
    available.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const hint = suggestion(
    name,
    available.map((column) => column.name),
  );
  throw invalid(`there is no column ${JSON.stringify(name.slice(0, 100))}. ${hint}`.trim());
};

const wholeNumber = (text: string | null, name: string): number | null => {
  if (text === null) return null;
  if (!/^\d{1,15}$/.test(text)) throw invalid(`${name} must be a whole number`);
  return Number(text);
};

const ordering = (available: readonly Column[], part: string): string => {
  const match = /^(.*?)(?:\.(asc|desc))?$/.exec(part);
  const direction = match?.[2] === "desc" ? "desc nulls last" : "asc nulls last";
  return `${quoted(columnNamed(available, match?.[1] ?? part).name)} ${direction}`;
};

/** Values travel beside the SQL, never in it. */
class Binder {
  readonly params: Record<string, string> = {};
  #count = 0;

  bind(value: string, type: string): string {
    const name = `v${this.#count++}`;
    if (this.#count > mostValues) throw invalid(`more than ${mostValues} values`);
    this.params[name] = value;
    return `cast($${name} as ${type})`;
  }
}

/** `gt.10`, `in.(a,b)`, `like.A%`, `is.null`; a value without an operator has to be equal. */
const condition = ({ name, type }: Column, written: string, binder: Binder): string => {
  const column = quoted(name);
  const match = /^(eq|ne|gte?|lte?|like|in|is)\.([\s\S]*)$/.exec(written);
  const [, operator = "eq", value = written] = match ?? [];
  if (operator === "is") {
    if (value === "null") return `${column} is null`;
    if (value === "not_null") return `${column} is not null`;
    throw invalid(`${name}: is.null or is.not_null`);
  }
  if (operator === "like") return `cast(${column} as varchar) like ${binder.bind(value, "varchar")}`;
  if (operator === "in") {
    const values = /^\(([\s\S]*)\)$/.exec(value)?.[1];
    if (values === undefined || values === "") throw invalid(`${name}: write in.(a,b)`);
    return `${column} in (${values
      .split(",")
      .map((one) => binder.bind(one, type))
      .join(", ")})`;
  }
  return `${column} ${operators[operator] ?? "="} ${binder.bind(value, type)}`;
};
