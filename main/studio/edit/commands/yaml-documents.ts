/** Offsets of the lines that part a file's documents (`---`), in order. */
const separators = (text: string): readonly { readonly start: number; readonly end: number }[] =>
  [...text.matchAll(/^---(?:[ \t][^\n]*)?(?:\n|$)/gm)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
  }));

/** The text of each document of a file, without the lines that part them. */
export const documentTexts = (text: string): readonly string[] => {
  const marks = separators(text);
  const leads = marks[0] !== undefined && text.slice(0, marks[0].start).trim() === "";
  const starts = leads ? marks.map(({ end }) => end) : [0, ...marks.map(({ end }) => end)];
  const ends = [...(leads ? marks.slice(1) : marks).map(({ start }) => start), text.length];
  return starts.map((start, at) => text.slice(start, ends[at]));
};

/** The text without one of its documents, `null` when none is left: then the file goes too. */
export const removeDocument = (text: string, index: number): string | null => {
  const marks = separators(text);
  // A file that begins with `---` has one separator for each document, else one between each two.
  const leads = marks[0] !== undefined && text.slice(0, marks[0].start).trim() === "";
  const starts = leads ? marks.map(({ start }) => start) : [0, ...marks.map(({ start }) => start)];
  if (starts.length <= 1) return null;
  const start = starts[index] ?? text.length;
  const end = starts[index + 1] ?? text.length;
  if (index > 0 || leads) return text.slice(0, start) + text.slice(end);
  return text.slice(marks[0]?.end ?? end);
};
