export interface TextPosition {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into lines and columns; columns count UTF-16 units, as editors do. */
export class LineIndex {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  position(offset: number): TextPosition {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** Offset of the first character of a 1-based line. */
  start(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }
}
