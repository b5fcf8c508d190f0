/** Where a cursor stands in a YAML text, told by indentation: completion cannot wait until the text can be parsed. */
export interface YamlPlace {
  /** Keys above it, list places as 0: which entry does not matter to what is valid there. */
  readonly path: readonly (string | number)[];
  /** The `kind` of its document. */
  readonly kind: string | null;
  /** Keys that its mapping has already. */
  readonly siblings: readonly string[];
  /** The key whose value the cursor is in; `null` where a key is typed. */
  readonly valueOf: string | null;
}

interface Line {
  readonly indent: number;
  readonly isItem: boolean;
  readonly key: string | null;
}

const linePattern = /^(\s*)((?:- +)*)(?:([\w$-]+|"[^"]*"|'[^']*')\s*:(?=\s|$))?/;

const readLine = (text: string): Line | null => {
  if (/^\s*(?:#|$)/.test(text)) return null;
  const [, space = "", dashes = "", key] = linePattern.exec(text) ?? [];
  return {
    indent: space.length + dashes.length,
    isItem: dashes !== "",
    key: key?.replaceAll(/^["']|["']$/g, "") ?? null,
  };
};

/** The place of an offset. */
export const yamlPlaceAt = (text: string, offset: number): YamlPlace => {
  const documentStart = Math.max(0, text.lastIndexOf("\n---", offset - 1) + 1);
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n---", offset);
  const document = text.slice(documentStart, end < 0 ? undefined : end);
  const kind = /^kind:\s*["']?([\w-]+)/m.exec(document)?.[1] ?? null;
  const before = text.slice(lineStart, offset);
  const own = readLine(before);
  const isBlank = own === null;
  const indent = isBlank ? before.length : own.indent;
  const valueOf = own?.key != null && /:\s/.test(before.slice(before.indexOf(own.key))) ? own.key : null;
  const above = text.slice(documentStart, lineStart).split("\n").map(readLine);
  const path: (string | number)[] = [];
  let level = indent;
  let isInItem = own?.isItem ?? false;
  const siblings: string[] = [];
  for (const line of above.toReversed()) {
    if (line === null) continue;
    if (line.indent === level && line.key !== null && path.length === 0 && !isInItem) siblings.push(line.key);
    if (line.indent === level && line.isItem && !isInItem) isInItem = true;
    if (line.indent >= level) continue;
    if (isInItem) path.unshift(0);
    if (line.key !== null) path.unshift(line.key);
    level = line.indent;
    isInItem = line.isItem;
  }
  const below = text
    .slice(offset, documentStart + document.length)
    .split("\n")
    .slice(1);
  for (const line of below.map(readLine)) {
    if (line === null) continue;
    if (line.indent < indent || (line.isItem && line.indent === indent)) break;
    if (line.indent === indent && line.key !== null) siblings.push(line.key);
  }
  return { path, kind, siblings, valueOf };
};
