// YAML as people write it: values with their lines and columns, and edits that leave the rest of the text alone.
export * from "./document.ts";
export { LineIndex, type TextPosition } from "./line-index.ts";
export type { ScalarStyle, Segment } from "./scalar-map.ts";
export { editYaml } from "./edit.ts";
