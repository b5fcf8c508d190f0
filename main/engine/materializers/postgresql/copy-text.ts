// PostgreSQL's text form of COPY: tabs between cells, `\N` for NULL, backslashes before what would be mistaken.

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

const cellOf = (raw: string): string | null => {
  if (raw === String.raw`\N`) return null;
  return raw.includes("\\") ? raw.replaceAll(/\\(.)/gs, (_whole, letter: string) => escapes[letter] ?? letter) : raw;
};

/** The rows of a COPY's text. A table without columns is not told from an empty one. */
export const parseCopyText = (copied: string): readonly (readonly (string | null)[])[] =>
  copied === ""
    ? []
    : copied
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => line.split("\t").map(cellOf));
