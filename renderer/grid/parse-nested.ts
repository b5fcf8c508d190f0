// DuckDB's text of lists, structs and maps, and JSON, as a tree; numbers stay the text they are, so that none loses a digit.

export type Nested =
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Nested[] }
  | { readonly kind: "fields"; readonly fields: readonly { readonly name: string; readonly value: Nested }[] };

const deepest = 100;

/** Reads a nested value's text; `null` for what is not one. */
export const parseNested = (text: string): Nested | null => {
  const reader = new NestedReader(text);
  try {
    return reader.whole();
  } catch {
    return null;
  }
};

class NestedReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.trim();
  }

  whole(): Nested {
    if (!/^[[{]/.test(this.#text)) throw new Error("not nested");
    const value = this.#value(0, "");
    this.#space();
    if (this.#at < this.#text.length) throw new Error("more than one value");
    return value;
  }

  #value(depth: number, ends: string): Nested {
    if (depth > deepest) throw new Error("too deep");
    this.#space();
    const character = this.#text[this.#at];
    if (character === "[") return { kind: "list", items: this.#items(depth) };
    if (character === "{") return { kind: "fields", fields: this.#fields(depth) };
    return { kind: "value", text: this.#scalar(ends) };
  }

  #items(depth: number): readonly Nested[] {
    const items: Nested[] = [];
    this.#at++;
    while (!this.#takes("]")) {
      if (items.length > 0) this.#expect(",");
      items.push(this.#value(depth + 1, ",]"));
    }
    return items;
  }

  #fields(depth: number): readonly { readonly name: string; readonly value: Nested }[] {
    const fields: { readonly name: string; readonly value: Nested }[] = [];
    this.#at++;
    while (!this.#takes("}")) {
      if (fields.length > 0) this.#expect(",");
      this.#space();
      const name = /^[[{]/.test(this.#text[this.#at] ?? "") ? this.#raw(depth) : this.#scalar(":=");
      this.#space();
      if (!this.#takes(":") && !this.#takes("=")) throw new Error("no value");
      fields.push({ name, value: this.#value(depth + 1, ",}") });
    }
    return fields;
  }

  /** The key of a map may be nested itself. */
  #raw(depth: number): string {
    const start = this.#at;
    this.#value(depth + 1, ":=");
    return this.#text.slice(start, this.#at);
  }

  #scalar(ends: string): string {
    const quote = this.#text[this.#at];
    if (quote === "'" || quote === '"') return this.#quoted(quote);
    const start = this.#at;
    while (this.#at < this.#text.length && !ends.includes(this.#text[this.#at] ?? "")) this.#at++;
    if (this.#at === start && ends !== "") throw new Error("no value");
    return this.#text.slice(start, this.#at).trim();
  }

  #quoted(quote: string): string {
    let value = "";
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] ?? "";
      if (character === quote) {
        this.#at++;
        return quote === '"' ? unescaped(value) : value;
      }
      if (character === "\\") {
        this.#at++;
        value += quote === '"' ? `\\${this.#text[this.#at] ?? ""}` : (this.#text[this.#at] ?? "");
      } else value += character;
    }
    throw new Error("no end");
  }

  #expect(character: string): void {
    if (!this.#takes(character)) throw new Error(`no ${character}`);
  }

  #takes(character: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
  }
}

const unescaped = (value: string): string => {
  try {
    return JSON.parse(`"${value}"`) as string;
  } catch {
    return value;
  }
};
