// A reader for the YAML that people write for nodes: block mappings and lists, one-line scalars, `|` texts.
// It makes no tree and is about twenty times faster than one. Whatever it is not sure of, it leaves to the library:
// it never decides that a text is wrong.

import { flowValue, isPlainKey } from "./flow-line.ts";
import { isPlain, plainValue, quotedValue, unsure } from "./plain-scalar.ts";
import type { ScalarStyle } from "./scalar-map.ts";

/** A scalar's extent in the text; quotes and the `|` header are part of it. */
export interface ScalarExtent {
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
}

export interface PlainDocument {
  readonly value: unknown;
  /** Offset of the first key. */
  readonly start: number;
  /** Where the texts directly below the document's own keys stand. */
  readonly scalars: ReadonlyMap<string, ScalarExtent>;
}

/** The documents of a text, or `null` when only the full parser should judge it. */
export const readPlainDocuments = (text: string): readonly PlainDocument[] | null => {
  // Line breaks other than \n, control characters and blanks other than a space are not everyday.
  if (/[^\P{Cc}\n\t]|[^\P{Zs} ]|[\p{Zl}\p{Zp}\uFEFF]/u.test(text)) return null;
  try {
    return new PlainReader(text).documents();
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
};

class NotPlain extends Error {}

const giveUp = (): never => {
  throw notPlain;
};
const notPlain = new NotPlain("not plain");

interface Line {
  readonly text: string;
  readonly indent: number;
  readonly offset: number;
}

const keyPattern = /^([A-Za-z_][A-Za-z0-9_.-]*):(?: +|$)/;
const maxDepth = 24;

class PlainReader {
  readonly #text: string;
  /** Offset of the line after the current one. */
  #next = 0;
  #line: Line | null = null;
  #scalars = new Map<string, ScalarExtent>();
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  documents(): readonly PlainDocument[] {
    const documents: PlainDocument[] = [];
    this.#advance();
    while (this.#line !== null) {
      if (this.#atMarker()) this.#advance();
      if (this.#line === null || this.#atMarker()) giveUp();
      const line = this.#line ?? giveUp();
      if (line.indent !== 0) giveUp();
      this.#scalars = new Map();
      const value = this.#mapping(0);
      documents.push({ value, start: line.offset, scalars: this.#scalars });
      if (this.#line !== null && !this.#atMarker()) giveUp();
    }
    return documents;
  }

  #atMarker(): boolean {
    return this.#line !== null && this.#line.indent === 0 && /^---(?: +#.*| *)$/.test(this.#line.text);
  }

  /** Moves to the next line that is neither blank nor a comment. */
  #advance(): void {
    while (this.#next < this.#text.length) {
      const line = this.#take();
      const first = line.text[line.indent];
      if (first === undefined || first === "#") continue;
      if (first === "\t" || first === "%" || line.text.startsWith("...")) giveUp();
      this.#line = line;
      return;
    }
    this.#line = null;
  }

  #take(): Line {
    const offset = this.#next;
    const newline = this.#text.indexOf("\n", offset);
    const end = newline < 0 ? this.#text.length : newline;
    this.#next = end + 1;
    const text = this.#text.slice(offset, end);
    let indent = 0;
    while (text.charCodeAt(indent) === 32) indent++;
    return { text, indent, offset };
  }

  #mapping(indent: number): Record<string, unknown> {
    if (++this.#depth > maxDepth) giveUp();
    const value: Record<string, unknown> = {};
    while (this.#line !== null && this.#line.indent === indent && !this.#atMarker()) {
      const [key, inner] = this.#pair(this.#line, indent);
      if (Object.hasOwn(value, key)) giveUp();
      value[key] = inner;
    }
    if (this.#line !== null && this.#line.indent > indent) giveUp();
    this.#depth--;
    return value;
  }

  /** `key: value` that begins at column `column` of the line. */
  #pair(line: Line, column: number): readonly [string, unknown] {
    const match = keyPattern.exec(column === 0 ? line.text : line.text.slice(column)) ?? giveUp();
    const key = match[1] ?? "";
    if (!isPlainKey(key)) giveUp();
    const start = column + match[0].length;
    const isOwn = this.#depth === 1 && column === 0;
    return [key, this.#value(line, start, column, isOwn ? key : null)];
  }

  /** What stands after `key:` or `-`; `column` is where the key or dash stands. */
  #value(line: Line, start: number, column: number, own: string | null): unknown {
    const first = line.text[start];
    if (first === undefined || first === "#") {
      // `key:#x` is text; only after a space it is a comment, which the pattern made sure of.
      this.#advance();
      return this.#below(column, own !== null || line.text[column] !== "-");
    }
    if (first === "|") return this.#literal(line, start, column, own);
    const value = this.#inline(line, start, own);
    this.#advance();
    // A deeper line would go on with the scalar, or be wrong.
    if (this.#line !== null && this.#line.indent > column) giveUp();
    return value;
  }

  /** A nested block, or nothing. */
  #below(column: number, isKey: boolean): unknown {
    const line = this.#line;
    if (line === null || this.#atMarker()) return null;
    const isItem =
      line.text[line.indent] === "-" && (line.text[line.indent + 1] === " " || line.text.length === line.indent + 1);
    if (line.indent > column) return isItem ? this.#sequence(line.indent) : this.#nested(line);
    // A list may stand right below its key.
    return line.indent === column && isItem && isKey ? this.#sequence(column) : null;
  }

  #nested(line: Line): unknown {
    if (!keyPattern.test(line.text.slice(line.indent))) giveUp();
    return this.#mapping(line.indent);
  }

  #sequence(indent: number): unknown[] {
    if (++this.#depth > maxDepth) giveUp();
    const value: unknown[] = [];
    while (
      this.#line !== null &&
      this.#line.indent === indent &&
      this.#line.text[indent] === "-" &&
      !this.#atMarker()
    ) {
      value.push(this.#item(this.#line, indent));
    }
    if (this.#line !== null && this.#line.indent > indent) giveUp();
    this.#depth--;
    return value;
  }

  #item(line: Line, indent: number): unknown {
    if (line.text.length === indent + 1) return this.#value(line, indent + 1, indent, null);
    if (line.text[indent + 1] !== " ") giveUp();
    let column = indent + 1;
    while (line.text[column] === " ") column++;
    if (line.text[column] === undefined || line.text[column] === "#") return this.#value(line, column, indent, null);
    if (!keyPattern.test(line.text.slice(column))) return this.#value(line, column, indent, null);
    return this.#itemMapping(line, column);
  }

  /** `- key: value`, whose further keys stand below the first one. */
  #itemMapping(line: Line, column: number): unknown {
    if (++this.#depth > maxDepth) giveUp();
    const [key, first] = this.#pair(line, column);
    const value: Record<string, unknown> = { [key]: first };
    while (this.#line !== null && this.#line.indent === column && !this.#atMarker()) {
      const [other, inner] = this.#pair(this.#line, column);
      if (Object.hasOwn(value, other)) giveUp();
      value[other] = inner;
    }
    if (this.#line !== null && this.#line.indent > column) giveUp();
    this.#depth--;
    return value;
  }

  /** A scalar or flow collection that ends on its line. */
  #inline(line: Line, start: number, own: string | null): unknown {
    const { text, offset } = line;
    const first = text[start];
    if (first === "[" || first === "{") {
      const flow = flowValue(text, start);
      if (flow === unsure) return giveUp();
      this.#nothingAfter(text, flow.end);
      return flow.value;
    }
    if (first === '"' || first === "'") {
      const quoted = quotedValue(text, start);
      if (quoted === unsure) return giveUp();
      this.#nothingAfter(text, quoted.end);
      this.#note(own, { start: offset + start, end: offset + quoted.end, style: first === '"' ? "double" : "single" });
      return quoted.value;
    }
    const comment = text.indexOf(" #", start);
    const plain = (comment < 0 ? text.slice(start) : text.slice(start, comment)).replace(/ +$/, "");
    if (!isPlain(plain)) giveUp();
    const value = plainValue(plain);
    if (value === unsure) return giveUp();
    this.#note(own, { start: offset + start, end: offset + start + plain.length, style: "plain" });
    return value;
  }

  #nothingAfter(text: string, end: number): void {
    if (end !== text.length && !/^ *$|^ +#/.test(text.slice(end))) giveUp();
  }

  #note(own: string | null, extent: ScalarExtent): void {
    if (own !== null) this.#scalars.set(own, extent);
  }

  /** `|`, `|-` or `|+` and the lines below it. */
  #literal(line: Line, start: number, column: number, own: string | null): string {
    const header = /^\|([-+]?) *$/.exec(line.text.slice(start)) ?? giveUp();
    const lines: string[] = [];
    let indent = -1;
    let end = this.#next;
    while (this.#next < this.#text.length) {
      const before = this.#next;
      const inner = this.#take();
      const isBlank = inner.indent === inner.text.length;
      if (!isBlank && inner.indent <= column) {
        this.#next = before;
        break;
      }
      if (!isBlank && indent < 0) {
        indent = inner.indent;
        // Blank lines before the first one may not be deeper than it.
        if (lines.some((blank) => blank.length > indent) || inner.text[indent] === "\t") giveUp();
      }
      if (!isBlank && inner.indent < indent) giveUp();
      lines.push(inner.text);
      end = this.#next;
    }
    if (indent < 0) giveUp();
    const value = chomp(
      lines.map((inner) => inner.slice(indent)),
      header[1] ?? "",
    );
    this.#note(own, { start: line.offset + start, end: Math.min(end, this.#text.length), style: "literal" });
    this.#advance();
    return value;
  }
}

/** Line breaks at the end: one (`|`), none (`|-`), all (`|+`). */
const chomp = (lines: readonly string[], indicator: string): string => {
  if (indicator === "+") return giveUp();
  let last = lines.length;
  while (last > 0 && lines[last - 1] === "") last--;
  const text = lines.slice(0, last).join("\n");
  return indicator === "-" ? text : `${text}\n`;
};
