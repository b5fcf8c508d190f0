/** Lines (from 1) of a Python text that hold a column's name as a text or as an attribute. */
export const pythonUses = (text: string, column: string): readonly number[] => {
  const name = column.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  const use = new RegExp(`(?<![\\w])${name}(?![\\w])`, "i");
  return text.split("\n").flatMap((line, at) => (use.test(line.replace(/#.*$/, "")) ? [at + 1] : []));
};
