// DuckDB's types as a tree, read from and written to DuckDB's own spelling.

import { quoteWhenNeeded } from "../sql/identifiers.ts";

export interface Field {
  /** Empty in the struct that `row(…)` makes. */
  readonly name: string;
  readonly type: TypeTree;
}

export type TypeTree =
  /** Everything without parts, `DECIMAL(18,2)` and `ENUM('a', 'b')` included, as DuckDB spells it. */
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "list"; readonly item: TypeTree }
  | { readonly kind: "array"; readonly item: TypeTree; readonly size: number }
  | { readonly kind: "map"; readonly key: TypeTree; readonly value: TypeTree }
  | { readonly kind: "struct"; readonly fields: readonly Field[] }
  | { readonly kind: "union"; readonly fields: readonly Field[] };

const fieldText = ({ name, type }: Field): string =>
  name === "" ? typeText(type) : `${quoteWhenNeeded(name)} ${typeText(type)}`;

/** A type as DuckDB spells it. */
export const typeText = (type: TypeTree): string => {
  switch (type.kind) {
    case "plain":
      return type.text;
    case "list":
      return `${typeText(type.item)}[]`;
    case "array":
      return `${typeText(type.item)}[${type.size}]`;
    case "map":
      return `MAP(${typeText(type.key)}, ${typeText(type.value)})`;
    case "struct":
      return `STRUCT(${type.fields.map(fieldText).join(", ")})`;
    default:
      return `UNION(${type.fields.map(fieldText).join(", ")})`;
  }
};

/** Reads a type in DuckDB's spelling; what it does not know stays as it is written. */
export const parseType = (text: string): TypeTree => new TypeReader(text).whole();

class TypeReader {
  readonly #text: string;
  #at = 0;
  #cutShort = false;

  constructor(text: string) {
    this.#text = text.trim();
  }

  whole(): TypeTree {
    const type = this.#type();
    return this.#at === this.#text.length && !this.#cutShort ? type : { kind: "plain", text: this.#text };
  }

  #type(): TypeTree {
    let type = this.#withoutBrackets();
    for (let match = this.#take(/\[(\d*)\]/y); match; match = this.#take(/\[(\d*)\]/y)) {
      type = match[1] ? { kind: "array", item: type, size: Number(match[1]) } : { kind: "list", item: type };
    }
    return type;
  }

  #withoutBrackets(): TypeTree {
    if (this.#take(/STRUCT\(/iy)) return { kind: "struct", fields: this.#fields() };
    if (this.#take(/UNION\(/iy)) return { kind: "union", fields: this.#fields() };
    if (this.#take(/MAP\(/iy)) {
      const key = this.#type();
      this.#take(/\s*,\s*/y);
      const value = this.#type();
      this.#take(/\s*\)/y);
      return { kind: "map", key, value };
    }
    // Words and, for DECIMAL, ENUM and GEOMETRY, arguments.
    const match = this.#take(/("(?:[^"]|"")*"|[A-Za-z_]\w*)( WITH TIME ZONE\b)?(\((?:'(?:[^']|'')*'|[^'()])*\))?/iy);
    return { kind: "plain", text: match?.[0] ?? "" };
  }

  #fields(): readonly Field[] {
    const fields: Field[] = [];
    while (!this.#take(/\s*\)/y) && this.#at < this.#text.length) {
      this.#take(/\s*,\s*/y);
      const name = this.#take(/("(?:[^"]|"")*"|[A-Za-z_]\w*)\s+(?!WITH\b)/iy)?.[1] ?? "";
      const before = this.#at;
      fields.push({ name: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name, type: this.#type() });
      if (this.#at === before) break;
    }
    if (this.#text[this.#at - 1] !== ")") this.#cutShort = true;
    return fields;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }
}
