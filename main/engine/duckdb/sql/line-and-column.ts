/** The 1-based line and column of an offset in a text; `{}` when it is not known. */
export const lineAndColumn = (
  text: string,
  offset: number | null,
): { readonly line: number; readonly column: number } | Record<string, never> => {
  if (offset === null) return {};
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
};
