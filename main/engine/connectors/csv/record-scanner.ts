// The state machine of a CSV file's structure: fields, quotes, records and lines, byte by byte.

import type { Dialect } from "./dialect.ts";

export type ScanProblem =
  | { readonly kind: "ragged"; readonly line: number; readonly expected: number; readonly found: number }
  | { readonly kind: "quotes"; readonly line: number; readonly detail: string }
  | { readonly kind: "encoding"; readonly line: number }
  | { readonly kind: "binary"; readonly line: number };

export class ScanError extends Error {
  readonly problem: ScanProblem;
  constructor(problem: ScanProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Line feed. */
export const LF = 10;
const CR = 13;
const SPACE = 32;
const kept = 1 << 20;

type State = "start" | "plain" | "quoted" | "escaped" | "closed";

/** The state machine; feed it chunks, then ask for `finish()`. */
export class RecordScanner {
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #escape: number;
  readonly #wanted: number;
  readonly #stopAfter: number;
  #skip: number;
  #state: State = "start";
  #line = 1;
  #recordLine = 1;
  #quoteLine = 1;
  #fields = 1;
  #empty = true;
  #afterCr = false;
  #endings = 0;
  #field: number[] = [];
  #record: string[] = [];
  #captured = 0;
  #offset = 0;
  #recordOffset = 0;
  readonly first: string[][] = [];
  records = 0;
  expected = 0;
  longest = 0;
  /** Where the last counted record begins. */
  lastLine = 1;

  constructor(dialect: Dialect, skip: number, wanted: number, stopAfter: number) {
    const code = (text: string) => (text === "" ? -1 : text.charCodeAt(0));
    this.#delimiter = code(dialect.delimiter);
    this.#quote = code(dialect.quote);
    this.#escape = code(dialect.escape);
    this.#skip = skip;
    this.#wanted = wanted;
    this.#stopAfter = stopAfter;
  }

  get done(): boolean {
    return this.records >= this.#stopAfter;
  }

  /** Bytes up to the end of the last whole record; of CR LF, only the CR belongs to it. */
  get recordsEnd(): number {
    return this.#recordOffset;
  }

  get mixedNewlines(): boolean {
    return (this.#endings & (this.#endings - 1)) !== 0;
  }

  feed(chunk: Uint8Array): void {
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    const capturing = () => this.first.length < this.#wanted && this.#captured < kept;
    let capture = capturing();
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (this.#afterCr) {
        this.#afterCr = false;
        if (byte === LF) {
          if (this.#state !== "quoted") this.#endings |= 4;
          else if (capture) this.#field.push(byte);
          continue;
        }
        if (this.#state !== "quoted") this.#endings |= 2;
      }
      if (byte === 0) throw new ScanError({ kind: "binary", line: this.#line });
      if (this.#skip > 0) {
        if (byte === LF || byte === CR) this.#skipLine(byte);
        continue;
      }
      switch (this.#state) {
        case "quoted":
          if (byte === quote && this.#escape === quote) this.#state = "closed";
          else if (byte === this.#escape) this.#state = "escaped";
          else if (byte === quote) this.#state = "closed";
          else {
            if (byte === LF || byte === CR) this.#countLine(byte);
            if (capture) this.#field.push(byte);
          }
          continue;
        case "escaped":
          if (byte === LF || byte === CR) this.#countLine(byte);
          if (capture) this.#field.push(byte);
          this.#state = "quoted";
          continue;
        case "closed":
          if (byte === quote && this.#escape === quote) {
            if (capture) this.#field.push(byte);
            this.#state = "quoted";
            continue;
          }
          if (byte === SPACE && delimiter !== SPACE) continue;
          if (byte !== delimiter && byte !== LF && byte !== CR) {
            const detail = "text follows a closing quote (a quote inside quotes is written twice)";
            throw new ScanError({ kind: "quotes", line: this.#line, detail });
          }
          break;
        case "start":
          if (byte === quote) {
            this.#state = "quoted";
            this.#quoteLine = this.#line;
            this.#empty = false;
            if (capture) this.#field = [];
            continue;
          }
          break;
        case "plain":
          break;
      }
      if (byte === delimiter) {
        if (capture) this.#endField();
        this.#fields += 1;
        this.#empty = false;
        this.#state = "start";
      } else if (byte === LF || byte === CR) {
        if (capture) this.#endField();
        this.#endRecord(this.#offset + at);
        this.#countLine(byte);
        this.#recordLine = this.#line;
        if (byte === LF) this.#endings |= 1;
        capture = capturing();
        if (this.done) return;
      } else {
        this.#empty = false;
        if (byte !== SPACE) this.#state = "plain";
        if (capture) {
          this.#field.push(byte);
          this.#captured += 1;
        }
      }
    }
    this.#offset += chunk.length;
  }

  finish(): void {
    if (this.done) return;
    if (this.#state === "quoted" || this.#state === "escaped") {
      throw new ScanError({ kind: "quotes", line: this.#quoteLine, detail: "a quote is opened and never closed" });
    }
    if (this.#empty) return;
    if (this.first.length < this.#wanted) this.#endField();
    this.#endRecord(this.#offset);
  }

  #skipLine(byte: number): void {
    this.#skip -= 1;
    this.#countLine(byte);
    this.#recordLine = this.#line;
  }

  #countLine(byte: number): void {
    this.#line += 1;
    if (byte === CR) this.#afterCr = true;
  }

  #endField(): void {
    this.#record.push(Buffer.from(this.#field).toString("utf8"));
    this.#field = [];
  }

  #endRecord(end: number): void {
    const blank = this.#empty && this.expected !== 1;
    if (!blank) {
      if (this.expected === 0) this.expected = this.#fields;
      if (this.#fields !== this.expected) {
        const { expected } = this;
        throw new ScanError({ kind: "ragged", line: this.#recordLine, expected, found: this.#fields });
      }
      this.records += 1;
      this.lastLine = this.#recordLine;
      this.longest = Math.max(this.longest, end - this.#recordOffset);
      if (this.first.length < this.#wanted) this.first.push(this.#record);
    }
    this.#recordOffset = end + 1;
    this.#record = [];
    this.#fields = 1;
    this.#empty = true;
    this.#state = "start";
  }
}
