// Values as YAML text, in the manner of the text around them.

import { Document, isMap, isScalar, isSeq, type Scalar, visit } from "yaml";

/** How a text is laid out. */
export interface Manner {
  readonly step: number;
  /** Lists below a key are indented. */
  readonly indentLists: boolean;
  readonly newline: "\n" | "\r\n";
}

/** What the text itself does; two spaces and indented lists where it does not say. */
export const mannerOf = (text: string, root: unknown): Manner => {
  let step: number | null = null;
  let indentLists: boolean | null = null;
  const column = (offset: number): number => offset - (text.lastIndexOf("\n", offset - 1) + 1);
  if (isMap(root) || isSeq(root)) {
    visit(root, {
      Pair: (_key, { key, value }) => {
        if (!isScalar(key) || !key.range || !(isMap(value) || isSeq(value)) || value.flow || !value.range) return;
        const difference = column(value.range[0]) - column(key.range[0]);
        if (text.slice(key.range[0], value.range[0]).indexOf("\n") < 0) return;
        if (isSeq(value)) indentLists ??= difference > 0;
        if (difference > 0) step ??= difference;
      },
    });
  }
  return { step: step ?? 2, indentLists: indentLists ?? true, newline: text.includes("\r\n") ? "\r\n" : "\n" };
};

const optionsOf = (manner: Manner) =>
  ({
    indent: manner.step,
    indentSeq: manner.indentLists,
    lineWidth: 0,
    blockQuote: "literal",
  }) as const;

/** Blank lines at a text's end would run into those that follow it: such texts are quoted. */
const runsOn = (value: unknown): boolean => typeof value === "string" && /\n[ \t]*$/.test(value.replace(/\n$/, ""));

const block = (value: unknown, manner: Manner): string => {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, scalar) => {
      if (runsOn(scalar.value) || scalar.value === "\n") scalar.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString(optionsOf(manner));
};

/** Lines of a block, the first without indentation, the others indented by `indent`. */
const indented = (lines: string, indent: number, manner: Manner): string =>
  lines
    .replace(/\n$/, "")
    .split("\n")
    .map((line, index) => (index === 0 || line === "" ? line : " ".repeat(indent) + line))
    .join(manner.newline);

/** `key: value`, as many lines as it takes. */
export const renderPair = (key: string | number, value: unknown, indent: number, manner: Manner): string =>
  indented(block({ [key]: value }, manner), indent, manner);

/** `- value`, as many lines as it takes. */
export const renderItem = (value: unknown, indent: number, manner: Manner): string =>
  indented(block([value], manner), indent, manner);

/** A scalar or collection on one line; `style` is the present scalar's, kept where the value allows it. */
export const renderInline = (value: unknown, style: Scalar.Type | undefined, inFlow: boolean): string => {
  const document = new Document(value);
  const { contents } = document;
  if (isScalar(contents) && typeof value === "string" && (style === "QUOTE_DOUBLE" || style === "QUOTE_SINGLE")) {
    contents.type = style;
  }
  if (isScalar(contents) && typeof value === "string" && value.includes("\n")) contents.type = "QUOTE_DOUBLE";
  if (isMap(contents) || isSeq(contents)) contents.flow = true;
  if (!inFlow || isMap(contents) || isSeq(contents)) {
    return document.toString({ lineWidth: 0, flowCollectionPadding: false, collectionStyle: "flow" }).trimEnd();
  }
  const list = new Document([value]);
  const item = isSeq(list.contents) ? list.contents.items[0] : null;
  if (isScalar(item) && isScalar(contents) && contents.type !== undefined) item.type = contents.type;
  return list
    .toString({ lineWidth: 0, flowCollectionPadding: false, collectionStyle: "flow" })
    .trim()
    .slice(1, -1)
    .trim();
};

/** The lines of a `|` text for `value` at `indent`, or `null` when it needs more than plain lines. */
export const renderLiteral = (
  value: string,
  indent: number,
  manner: Manner,
): { readonly chomp: "" | "-"; readonly lines: string } | null => {
  const isClip = value.endsWith("\n");
  const text = isClip ? value.slice(0, -1) : value;
  // Leading blanks need an indentation indicator, blank lines at the end another chomping.
  if (text === "" || /^[ \t\n]|\n[ \t]*$/.test(text) || /[^\P{Cc}\n\t]|\uFEFF/u.test(text)) return null;
  const lines = text.split("\n").map((line) => (line === "" ? "" : " ".repeat(indent) + line));
  return { chomp: isClip ? "" : "-", lines: lines.join(manner.newline) };
};
