import { distinctSources, type Field, fieldNamed, isOpen, type Rows, sameName } from "./rows.ts";

/** A table of a FROM list under the names the text may call it by. */
export interface Table {
  /** `alias`, or the parts of its own name: `orders` and `transform.orders`. */
  readonly path: readonly string[];
  readonly rows: Rows;
  /** Columns that a USING merged into those of a table before it, in lower case. */
  readonly merged: ReadonlySet<string>;
}

/** A column reference resolved; `part` is the place of the column's own name in the reference's path. */
export interface Found {
  readonly field: Field;
  readonly part: number;
}

/** What names mean in one SELECT; what is not found here is looked for around it. */
export class Scope {
  readonly tables: Table[] = [];
  /** Columns that a USING made one of two, by name in lower case. */
  readonly joined = new Map<string, Field>();
  /** Items of the select list by their aliases, in lower case. */
  readonly aliases = new Map<string, Field>();
  readonly #commonTables = new Map<string, Rows>();
  readonly #parameters: ReadonlySet<string>;
  readonly #outer: Scope | null;

  /** `parameters` are a lambda's, which hide every column of their name. */
  constructor(outer: Scope | null, parameters: ReadonlySet<string> = new Set()) {
    this.#outer = outer;
    this.#parameters = parameters;
  }

  define(name: string, rows: Rows): void {
    this.#commonTables.set(name.toLowerCase(), rows);
  }

  commonTable(name: string): Rows | null {
    return this.#commonTables.get(name.toLowerCase()) ?? this.#outer?.commonTable(name) ?? null;
  }

  /** The table that a path's beginning names, with how many of its parts that took. */
  table(path: readonly string[]): { readonly table: Table; readonly parts: number } | null {
    for (const table of this.tables) {
      const own = table.path;
      for (let parts = Math.min(own.length, path.length); parts > 0; parts--) {
        const named = own.slice(own.length - parts);
        if (named.every((part, at) => sameName(part, path[at] ?? ""))) return { table, parts };
      }
    }
    return null;
  }

  /** `column`, `table.column`, `kind.table.column`, each with fields of a struct behind; `null` for an unknown name. */
  find(path: readonly string[]): Found | null {
    const [first = ""] = path;
    const qualified = path.length > 1 ? this.#qualified(path) : null;
    if (qualified !== null) return qualified;
    const field = this.#column(first);
    if (field !== null) return { field, part: 0 };
    const whole = this.table(path);
    if (whole !== null && whole.parts === path.length) return { field: rowOf(whole.table), part: -1 };
    return this.#outer?.find(path) ?? null;
  }

  /** A path that begins with a table's name, here or around; a lambda's parameter hides it. */
  #qualified(path: readonly string[]): Found | null {
    if (this.#parameters.has((path[0] ?? "").toLowerCase())) return parameter;
    const named = this.table(path);
    const column = named === null ? undefined : path[named.parts];
    const field = named === null || column === undefined ? null : fieldNamed(named.table.rows, column);
    if (named !== null && field !== null) return { field, part: named.parts };
    const isColumn = this.tables.some(({ rows }) => rows.fields.some(({ name }) => sameName(name, path[0] ?? "")));
    return isColumn || this.#outer === null ? null : this.#outer.#qualified(path);
  }

  #column(name: string): Field | null {
    if (this.#parameters.has(name.toLowerCase())) return parameter.field;
    const joined = this.joined.get(name.toLowerCase());
    if (joined !== undefined) return joined;
    const listed = this.tables.find(({ rows }) => rows.fields.some((field) => sameName(field.name, name)));
    if (listed !== undefined) return fieldNamed(listed.rows, name);
    const alias = this.aliases.get(name.toLowerCase());
    if (alias !== undefined) return alias;
    // The row of a table rather than a column that may be there.
    if (this.tables.some(({ path }) => sameName(path.at(-1) ?? "", name))) return null;
    const possible = this.tables.filter(({ rows }) => isOpen(rows));
    if (possible.length === 0) return null;
    if (possible.length === 1) return fieldNamed(possible[0]!.rows, name);
    const fields = possible.flatMap(({ rows }) => wholeOf(rows, name));
    return { name, sources: distinctSources(fields.flatMap(({ sources }) => sources)), named: [] };
  }
}

const parameter: Found = { field: { name: "", sources: [], named: [] }, part: -1 };

/** A column of a table that may or may not have it: which of the table's columns it is made of cannot be told. */
const wholeOf = (rows: Rows, name: string): readonly Field[] => {
  const field = fieldNamed({ ...rows, fields: [], others: rows.others ?? [] }, name);
  return field === null ? [] : [field];
};

/** A table named where a column stands: its whole row. */
const rowOf = ({ rows, path }: Table): Field => ({
  name: path.at(-1) ?? "",
  sources: distinctSources([
    ...rows.fields.flatMap(({ sources }) => sources.map((source) => ({ ...source, use: "computed" as const }))),
    ...rows.open.map((input) => ({ input, column: null, use: "computed" as const })),
    ...(rows.others ?? []),
  ]),
  named: [],
});
