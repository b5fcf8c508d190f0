import { lookupFunctions, refusedFunctions, sessionNames, tableFunctions, volatileFunctions } from "./functions.ts";
import { isNode, textAt, type TreeNode, type TreeValue } from "./syntax-tree.ts";

export interface Finding {
  readonly what: string;
  /** In characters; `null` when DuckDB does not tell. */
  readonly offset: number | null;
}

/** A table that a statement reads and that is not one of its CTEs. */
export interface TableReference {
  /** The path with dots: `kind.name`, `input_0`, … */
  readonly name: string;
  readonly offset: number | null;
  /** Empty when the text gives none. */
  readonly alias: string;
  /** `table` as a name, `ref` as `ref('…')`, `text` as an argument of another function. */
  readonly form: "table" | "ref" | "text";
}

/** What one statement's tree says. */
export interface StatementFindings {
  readonly references: readonly TableReference[];
  readonly volatile: readonly string[];
  readonly parameters: readonly string[];
  /** What makes its inputs unknowable. */
  readonly unlistable: readonly Finding[];
  /** What reaches beyond its inputs. */
  readonly refused: readonly Finding[];
  /** True for DESCRIBE and SUMMARIZE, which COPY does not take as they are. */
  readonly shows: boolean;
  /** True when a table function may make rows from nothing. */
  readonly generates: boolean;
  /** True for `SELECT * FROM one_table` and nothing else: its pages can be found without reading what is before them. */
  readonly wholeTable: boolean;
}

type Offsets = (bytes: TreeValue | undefined) => number | null;
/** Names of the CTEs that can be seen, in lower case. */
type Scope = ReadonlySet<string>;

/** Walks a statement's tree. */
export const walkStatement = (query: TreeNode, offsetOf: Offsets): StatementFindings => {
  const walker = new Walker(offsetOf);
  walker.walk(query, new Set());
  const from = query["from_table"];
  return walker.findings(isNode(from) && from["type"] === "SHOW_REF", isWholeTable(query));
};

/** Whether nothing but a bare `*` and one table is set in a SELECT. */
const isWholeTable = (query: TreeNode): boolean => {
  const from = query["from_table"];
  const list = query["select_list"];
  if (query["type"] !== "SELECT_NODE" || !isNode(from) || !Array.isArray(list) || list.length !== 1) return false;
  if (from["type"] !== "BASE_TABLE" && from["type"] !== "TABLE_FUNCTION") return false;
  const star = list[0] as TreeNode;
  const rest = { ...query, type: "", select_list: [], from_table: null, aggregate_handling: "" };
  const bareStar = { ...star, type: "", class: "", query_location: 0, relation_name: "" };
  const modified = [from["sample"], from["at_clause"], from["column_name_alias"]];
  return star["type"] === "STAR" && isUnset(rest) && isUnset(bareStar) && modified.every(isUnset);
};

const isUnset = (value: TreeValue | undefined): boolean => {
  if (Array.isArray(value)) return value.every(isUnset);
  if (isNode(value)) return Object.values(value).every(isUnset);
  return value === undefined || value === null || value === "" || value === false || value === 0;
};

class Walker {
  readonly #offsetOf: Offsets;
  readonly #references: TableReference[] = [];
  readonly #volatile = new Set<string>();
  readonly #parameters = new Set<string>();
  readonly #unlistable: Finding[] = [];
  readonly #refused: Finding[] = [];
  #generates = false;

  constructor(offsetOf: Offsets) {
    this.#offsetOf = offsetOf;
  }

  findings(shows: boolean, wholeTable: boolean): StatementFindings {
    const last = Number.MAX_SAFE_INTEGER;
    return {
      // The tree keeps CTEs apart from where they stand; a person reads from the top.
      references: this.#references.toSorted((a, b) => (a.offset ?? last) - (b.offset ?? last)),
      volatile: [...this.#volatile].toSorted(),
      parameters: [...this.#parameters].toSorted(),
      unlistable: this.#unlistable,
      refused: this.#refused,
      shows,
      generates: this.#generates,
      wholeTable,
    };
  }

  walk(value: TreeValue | undefined, scope: Scope): void {
    if (Array.isArray(value)) for (const item of value as readonly TreeValue[]) this.walk(item, scope);
    if (!isNode(value)) return;
    if (value["type"] === "BASE_TABLE") return this.#table(value, scope);
    if (value["type"] === "TABLE_FUNCTION") return this.#tableFunction(value, scope);
    if (value["type"] === "SHOW_REF" && !isNode(value["query"])) {
      this.#refused.push({ what: "SHOW", offset: this.#offsetOf(value["query_location"]) });
    }
    if (value["type"] === "FUNCTION") this.#function(value);
    if (value["type"] === "COLUMN_REF") this.#column(value);
    if (value["type"] === "VALUE_PARAMETER") this.#parameters.add(textAt(value, "identifier"));
    if (isNode(value["sample"])) this.#sample(value["sample"]);
    const inner = this.#commonTables(value, scope);
    for (const [key, child] of Object.entries(value)) if (key !== "cte_map") this.walk(child, inner);
  }

  /** Walks a query's CTEs, each seeing those before it and, when recursive, itself; returns what the query sees. */
  #commonTables(node: TreeNode, scope: Scope): Scope {
    let inner = scope;
    const map = isNode(node["cte_map"]) ? node["cte_map"]["map"] : undefined;
    if (Array.isArray(map)) {
      for (const entry of map as readonly TreeNode[]) {
        this.walk(entry["value"], inner);
        inner = withName(inner, textAt(entry, "key"));
      }
    }
    // A recursive table's own query sees itself.
    return typeof node["cte_name"] === "string" ? withName(inner, node["cte_name"]) : inner;
  }

  #table(node: TreeNode, scope: Scope): void {
    const schema = textAt(node, "schema_name");
    const table = textAt(node, "table_name");
    if (schema !== "" || !scope.has(table.toLowerCase())) {
      const name = [textAt(node, "catalog_name"), schema, table].filter((part) => part !== "").join(".");
      const offset = this.#offsetOf(node["query_location"]);
      this.#references.push({ name, offset, alias: textAt(node, "alias"), form: "table" });
    }
    if (isNode(node["sample"])) this.#sample(node["sample"]);
    this.walk(node["at_clause"], scope);
  }

  #tableFunction(node: TreeNode, scope: Scope): void {
    const call = node["function"];
    if (!isNode(call)) return;
    const name = textAt(call, "function_name").toLowerCase();
    const offset = this.#offsetOf(node["query_location"]);
    if (isNode(node["sample"])) this.#sample(node["sample"]);
    if (name === "ref" || lookupFunctions.has(name))
      return this.#namedTables(name, call, textAt(node, "alias"), offset);
    if (refusedFunctions.has(name)) {
      this.#unlistable.push({ what: `${name}(…), whose tables only show when it runs`, offset });
      return;
    }
    if (!tableFunctions.has(name)) this.#refused.push({ what: `${name}(…)`, offset });
    this.#generates = true;
    this.walk(call["children"], scope);
  }

  /** `ref('x')`, `query_table('x')` and `query_table(['x', 'y'])`: tables named by text. */
  #namedTables(name: string, call: TreeNode, alias: string, offset: number | null): void {
    const children = Array.isArray(call["children"]) ? (call["children"] as readonly TreeNode[]) : [];
    const first = children[0];
    const names = first === undefined || (name === "ref" && children.length > 1) ? null : literalNames(first);
    if (names === null) {
      this.#unlistable.push({ what: `${name}(…) with anything but a name in quotes`, offset });
    }
    for (const table of names ?? []) {
      this.#references.push({ name: table, offset, alias, form: name === "ref" ? "ref" : "text" });
    }
  }

  #function(node: TreeNode): void {
    const name = textAt(node, "function_name").toLowerCase();
    const offset = this.#offsetOf(node["query_location"]);
    const children = Array.isArray(node["children"]) ? node["children"].length : 0;
    // age(x) counts from today.
    if (volatileFunctions.has(name) || (name === "age" && children === 1)) this.#volatile.add(name);
    if (name === "ref") this.#unlistable.push({ what: "ref('…') outside FROM and JOIN", offset });
    if (refusedFunctions.has(name)) this.#refused.push({ what: `${name}(…)`, offset });
  }

  /** `current_date` and the like are written as columns. */
  #column(node: TreeNode): void {
    const path = node["column_names"];
    const name = Array.isArray(path) && path.length === 1 ? String(path[0]).toLowerCase() : "";
    if (sessionNames.has(name)) this.#volatile.add(name);
  }

  #sample(sample: TreeNode): void {
    const seed = sample["seed"];
    if (typeof seed !== "number" || seed < 0) this.#volatile.add("sample");
  }
}

const withName = (scope: Scope, name: string): Scope => new Set([...scope, name.toLowerCase()]);

const literalNames = (node: TreeNode): readonly string[] | null => {
  if (node["class"] === "CONSTANT" && isNode(node["value"])) {
    const { value } = node["value"];
    return typeof value === "string" ? [value] : null;
  }
  // ref("kind.name")
  const path = node["column_names"];
  if (node["class"] === "COLUMN_REF" && Array.isArray(path)) return [path.join(".")];
  const children = node["children"];
  if (textAt(node, "function_name") !== "list_value" || !Array.isArray(children)) return null;
  const names = (children as readonly TreeNode[]).map(literalNames);
  return names.every((name) => name !== null) ? names.flat() : null;
};
