/** A terminal in memory: what a person would see after the text and escape sequences written so far. */
export interface VirtualScreen {
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** Lines on the screen now, without trailing blanks. */
  screen(): readonly string[];
  /** Everything ever shown, scrolled-off lines first. */
  all(): readonly string[];
  readonly cursorHidden: boolean;
}

// oxlint-disable-next-line no-control-regex
const token = /\u001B\[(\??[\d;]*)([A-Za-z])|[\s\S]/gu;

/** Understands what a progress display needs: line feeds, carriage returns, cursor up, erase below, show and hide. */
export function virtualScreen(columns: number, rows: number): VirtualScreen {
  let width = columns;
  let height = rows;
  const lines: string[] = [""];
  let row = 0;
  let column = 0;
  let cursorHidden = false;
  const top = (): number => Math.max(0, lines.length - height);

  const down = (): void => {
    row += 1;
    if (row === lines.length) lines.push("");
  };
  const put = (character: string): void => {
    if (column >= width) {
      down();
      column = 0;
    }
    const line = (lines[row] ?? "").padEnd(column);
    lines[row] = line.slice(0, column) + character + line.slice(column + 1);
    column += 1;
  };
  const control = (parameters: string, letter: string): void => {
    const count = Number(parameters) || 1;
    if (letter === "A") row = Math.max(top(), row - count);
    if (letter === "J") {
      lines.length = row + 1;
      lines[row] = (lines[row] ?? "").slice(0, column);
    }
    if (parameters === "?25") cursorHidden = letter === "l";
  };

  return {
    write(text) {
      for (const [character, parameters, letter] of text.matchAll(token)) {
        if (letter !== undefined) control(parameters ?? "", letter);
        else if (character === "\n") {
          down();
          column = 0;
        } else if (character === "\r") column = 0;
        else put(character);
      }
    },
    resize(newColumns, newRows) {
      // Terminals wrap the lines that no longer fit.
      const wrapped = lines.flatMap((line) => {
        const pieces = line.match(new RegExp(`.{1,${newColumns}}`, "gu"));
        return pieces ?? [""];
      });
      lines.splice(0, lines.length, ...wrapped);
      width = newColumns;
      height = newRows;
      row = lines.length - 1;
      column = (lines[row] ?? "").length;
    },
    screen: () => lines.slice(top()).map((line) => line.trimEnd()),
    all: () => lines.map((line) => line.trimEnd()),
    get cursorHidden() {
      return cursorHidden;
    },
  };
}
