// PEP 723: the script block at the top of a Python file, as far as Headrace reads it.

export interface ScriptBlock {
  readonly dependencies: readonly string[];
  readonly requiresPython: string | null;
}

/** Why a script block cannot be read; `line` is 1-based in the file. */
export class ScriptBlockError extends Error {
  readonly line: number;

  constructor(detail: string, line: number) {
    super(detail);
    this.line = line;
  }
}

/** The file's script block, or `null` without one. Throws ScriptBlockError. */
export const readScriptBlock = (code: string): ScriptBlock | null => {
  const lines = code.split(/\r?\n/);
  const start = lines.findIndex((line) => /^# \/\/\/ script\s*$/.test(line));
  if (start < 0) return null;
  const body = blockLines(lines, start);
  if (lines.some((line, index) => index > start + body.length && /^# \/\/\/ script\s*$/.test(line))) {
    throw new ScriptBlockError("there are two of them", start + 1);
  }
  return new TomlReader(body.join("\n"), start + 2).read();
};

/** The comment lines between `# /// script` and the last `# ///` that follows without a gap. */
const blockLines = (lines: readonly string[], start: number): readonly string[] => {
  let end = -1;
  for (let index = start + 1; /^#( .*)?$/.test(lines[index] ?? ""); index++) {
    if (/^# \/\/\/\s*$/.test(lines[index] ?? "")) end = index;
  }
  if (end < 0) throw new ScriptBlockError("`# ///` is missing at its end", start + 1);
  return lines.slice(start + 1, end).map((line) => line.replace(/^# ?/, ""));
};

/** Reads the two top-level keys out of the block's TOML; tables such as `[tool.uv]` belong to other tools. */
class TomlReader {
  readonly #text: string;
  readonly #firstLine: number;
  #at = 0;

  constructor(text: string, firstLine: number) {
    this.#text = text;
    this.#firstLine = firstLine;
  }

  read(): ScriptBlock {
    let dependencies: readonly string[] = [];
    let requiresPython: string | null = null;
    for (this.#skip(); this.#at < this.#text.length && this.#text[this.#at] !== "["; this.#skip()) {
      const key = this.#match(/[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'/y, "a key");
      this.#match(/[ \t]*=[ \t]*/y, "`=`");
      const name = key.replaceAll(/^["']|["']$/g, "");
      if (name === "dependencies") dependencies = this.#strings();
      else if (name === "requires-python") requiresPython = this.#string();
      else this.#match(/[^\n]*/y, "a value");
    }
    return { dependencies, requiresPython };
  }

  #strings(): readonly string[] {
    const found: string[] = [];
    this.#match(/\[/y, "`[`");
    for (this.#skip(); this.#text[this.#at] !== "]"; this.#skip()) {
      found.push(this.#string());
      this.#skip();
      if (this.#text[this.#at] !== "]") this.#match(/,/y, "`,` or `]`");
    }
    this.#at++;
    return found;
  }

  #string(): string {
    const text = this.#match(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y, "text in quotes");
    return text.startsWith("'") ? text.slice(1, -1) : text.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
  }

  #skip(): void {
    const pattern = /(?:\s+|#[^\n]*)*/y;
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.#text)?.[0].length ?? 0;
  }

  #match(pattern: RegExp, expected: string): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) {
      const line = this.#firstLine + this.#text.slice(0, this.#at).split("\n").length - 1;
      throw new ScriptBlockError(`${expected} is expected`, line);
    }
    this.#at += found.length;
    return found;
  }
}
