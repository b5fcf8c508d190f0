import { isNode, textAt, type TreeNode, type TreeValue } from "./syntax-tree.ts";
import { tableFunctions, volatileFunctions } from "./functions.ts";

export interface Finding {
  readonly what: string;
  readonly offset: number | null;
}

/** What one statement's tree says. */
export interface StatementFindings {
  readonly references: readonly { readonly name: string; readonly offset: number | null }[];
  readonly volatile: readonly string[];
  readonly parameters: readonly string[];
  /** What makes its inputs unknowable. */
  readonly unlistable: readonly Finding[];
  /** What reaches beyond its inputs. */
  readonly refused: readonly Finding[];
  readonly shows: boolean;
}

type Offsets = (bytes: TreeValue | undefined) => number | null;
/** Names of the CTEs that can be seen, in lower case. */
type Scope = ReadonlySet<string>;

/** Walks a statement's tree. */
export const walkStatement = (query: TreeNode, offsetOf: Offsets): StatementFindings => {
  const walker = new Walker(offsetOf);
  walker.walk(query, new Set());
  return walker.findings(isShow(query));
};

const isShow = (query: TreeNode): boolean => isNode(query["from_table"]) && query["from_table"]["type"] === "SHOW_REF";

class Walker {
  readonly #offsetOf: Offsets;
  readonly #references: { readonly name: string; readonly offset: number | null }[] = [];
  readonly #volatile = new Set<string>();
  readonly #parameters = new Set<string>();
  readonly #unlistable: Finding[] = [];
  readonly #refused: Finding[] = [];

  constructor(offsetOf: Offsets) {
    this.#offsetOf = offsetOf;
  }

  findings(shows: boolean): StatementFindings {
    const last = Number.MAX_SAFE_INTEGER;
    return {
      // The tree keeps CTEs apart from where they stand; a person reads from the top.
      references: this.#references.toSorted((a, b) => (a.offset ?? last) - (b.offset ?? last)),
      volatile: [...this.#volatile].toSorted(),
      parameters: [...this.#parameters].toSorted(),
      unlistable: this.#unlistable,
      refused: this.#refused,
      shows,
    };
  }

  walk(value: TreeValue | undefined, scope: Scope): void {
    if (Array.isArray(value)) for (const item of value as readonly TreeValue[]) this.walk(item, scope);
    if (!isNode(value)) return;
    switch (value["type"]) {
      case "BASE_TABLE":
        return this.#table(value, scope);
      case "TABLE_FUNCTION":
        return this.#tableFunction(value, scope);
      case "SHOW_REF":
        return this.#show(value, scope);
      case "FUNCTION":
        this.#function(value);
        break;
      case "VALUE_PARAMETER":
        this.#parameters.add(textAt(value, "identifier"));
        return;
    }
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
    // A recursive table's own query sees it; the same key carries the name in both kinds of node.
    return typeof node["cte_name"] === "string" ? withName(inner, node["cte_name"]) : inner;
  }

  #table(node: TreeNode, scope: Scope): void {
    const path = [textAt(node, "catalog_name"), textAt(node, "schema_name"), textAt(node, "table_name")];
    const name = path.filter((part) => part !== "").join(".");
    if (path[1] === "" && scope.has(name.toLowerCase())) return;
    this.#references.push({ name, offset: this.#offsetOf(node["query_location"]) });
    for (const key of ["sample", "at_clause"]) this.walk(node[key], scope);
  }

  #tableFunction(node: TreeNode, scope: Scope): void {
    const call = node["function"];
    if (!isNode(call)) return;
    const name = textAt(call, "function_name").toLowerCase();
    const offset = this.#offsetOf(node["query_location"]);
    if (name === "ref" || name === "query_table") return this.#namedTables(name, call, offset);
    if (name === "query" || name === "json_execute_serialized_sql") {
      this.#unlistable.push({ what: `${name}(…), whose tables only show when it runs`, offset });
      return;
    }
    if (!tableFunctions.has(name)) this.#refused.push({ what: `${name}(…)`, offset });
    this.walk(call["children"], scope);
  }

  /** `ref('x')`, `query_table('x')` and `query_table(['x', 'y'])`: tables named by text. */
  #namedTables(name: string, call: TreeNode, offset: number | null): void {
    const children = Array.isArray(call["children"]) ? (call["children"] as readonly TreeNode[]) : [];
    const names = name === "ref" && children.length !== 1 ? null : children[0] && literalNames(children[0]);
    if (!names) this.#unlistable.push({ what: `${name}(…) with anything but a name in quotes`, offset });
    for (const table of names ?? []) this.#references.push({ name: table, offset });
  }

  #show(node: TreeNode, scope: Scope): void {
    const offset = this.#offsetOf(node["query_location"]);
    if (isNode(node["query"])) return this.walk(node["query"], scope);
    this.#refused.push({ what: "SHOW", offset });
  }

  #function(node: TreeNode): void {
    const name = textAt(node, "function_name").toLowerCase();
    if (volatileFunctions.has(name)) this.#volatile.add(name);
    const offset = this.#offsetOf(node["query_location"]);
    if (name === "ref") this.#unlistable.push({ what: "ref('…') outside FROM and JOIN", offset });
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
