type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const known = new Map<string, string>();
const mostKnown = 20_000;
const segments = new Intl.Segmenter();

/** As much of a text as fits in a width, in the context's present font; measured once a text. */
export const shortened = (context: Context, words: string, width: number): string => {
  const key = `${context.font}\n${Math.round(width)}\n${words}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const fitted = fit(context, words, width);
  if (known.size >= mostKnown) known.clear();
  known.set(key, fitted);
  return fitted;
};

const fit = (context: Context, words: string, width: number): string => {
  if (words.length < 400 && context.measureText(words).width <= width) return words;
  const letters = Array.from(segments.segment(words.slice(0, 400)), ({ segment }) => segment);
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (context.measureText(`${letters.slice(0, middle).join("")}…`).width <= width) least = middle;
    else most = middle - 1;
  }
  return `${letters.slice(0, least).join("")}…`;
};
