// The statements of a text as DuckDB's `json_serialize_sql` gives them.

/** A node of the tree; keys differ by kind. */
export interface TreeNode {
  readonly [key: string]: TreeValue;
}
export type TreeValue = string | number | boolean | null | TreeNode | readonly TreeValue[];

export type Serialized =
  | {
      readonly error: false;
      readonly statements: readonly { readonly node: TreeNode; readonly named_param_map: TreeValue }[];
    }
  | {
      readonly error: true;
      readonly error_type: string;
      readonly error_message: string;
      /** Offset in bytes. */
      readonly position?: string;
    };

export const isNode = (value: TreeValue | undefined): value is TreeNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A node's text under a key; empty when it has none. */
export const textAt = (node: TreeNode, key: string): string => {
  const value = node[key];
  return typeof value === "string" ? value : "";
};

/** What `json_serialize_sql` wrote. It is DuckDB's own output, and only its shape at the top is relied upon. */
export const parseSerialized = (json: string): Serialized => JSON.parse(json) as Serialized;

/** Turns DuckDB's byte offsets into character offsets; `null` for those that stand for "unknown". */
export const characterOffsets = (text: string): ((bytes: TreeValue | undefined) => number | null) => {
  // eslint-disable-next-line no-control-regex -- the question is whether every character is one byte
  if (/^[\x00-\x7f]*$/.test(text)) return (bytes) => known(bytes, text.length);
  const encoded = Buffer.from(text, "utf8");
  return (bytes) => {
    const offset = known(bytes, encoded.length);
    return offset === null ? null : encoded.toString("utf8", 0, offset).length;
  };
};

const known = (bytes: TreeValue | undefined, length: number): number | null =>
  typeof bytes === "number" && bytes <= length ? bytes : null;

/** DuckDB's parser counts in code points where everything else counts in bytes. */
export const offsetOfCodePoint = (text: string, count: number): number | null => {
  let offset = 0;
  for (const character of text) {
    if (count-- === 0) return offset;
    offset += character.length;
  }
  return count === 0 ? offset : null;
};
