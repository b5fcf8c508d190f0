import type { CardChip } from "./card-content.ts";

/** What stands on a card's third line: facts on the left, chips on the right. */
export interface ThirdLine {
  readonly facts: string;
  readonly chips: readonly CardChip[];
}

/** In canvas units: what there is, and what a chip takes with its gaps and icon. */
const room = 224;
const around = { stale: 11, target: 26, tag: 26, pinned: 26, disabled: 26 } as const;
const beforeLabel = 3;
/** What letters take in wide fonts; scripts from here on take a square each. */
const letters = { " .,·:il": 3.5, trfj: 4.4, cs: 5.8, wMW: 9.3, m: 10.7 };
const letter = 6.9;
const square = 11;
const firstSquare = "\u2e80";
const widths = new Map(
  Object.entries(letters).flatMap(([some, width]) => some.split("").map((one) => [one, width] as const)),
);
/** So much of what a node is doing says something. */
const fewestLetters = 10;
const between = " · ";

/** By rule of thumb: it is asked for each card that is drawn, and has to be the same for one that is mounted. */
const widthOf = (words: string): number => {
  let width = 0;
  for (const one of words) width += widths.get(one) ?? (one < firstSquare ? letter : square);
  return width;
};

const widthOfChips = (chips: readonly CardChip[]): number =>
  chips.reduce((width, { kind, label }) => width + around[kind] + (label === "" ? 0 : beforeLabel + widthOf(label)), 0);

/** A tag's chip tells its name when asked. */
export const withoutTagName = (chip: CardChip): CardChip => (chip.kind === "tag" ? { ...chip, label: "" } : chip);

/**
 * Makes room, so that no fact is ever cut to a piece of a word: first a tag's name goes, then the last facts, whole; a
 * tag and a stale reason, which the card says when asked, go before the first fact does. What a node is `doing` stands
 * last, and may be cut as long as enough of it is left.
 */
export const fitThirdLine = (parts: readonly string[], chips: readonly CardChip[], doing: string | null): ThirdLine => {
  const bare = chips.map(withoutTagName);
  const untagged = chips.filter(({ kind }) => kind !== "tag");
  const least = untagged.filter(({ kind }) => kind !== "stale");
  const [first = ""] = parts;
  const all = parts.join(between);
  const fits = (facts: string, shown: readonly CardChip[]): boolean => widthOf(facts) + widthOfChips(shown) <= room;
  if (fits(all, chips)) return { facts: withDoing(all, chips, doing), chips };
  const shown = [bare, untagged].find((some) => fits(first, some)) ?? least;
  const count = parts.findLastIndex((_part, last) => fits(parts.slice(0, last + 1).join(between), shown)) + 1;
  return { facts: parts.slice(0, Math.max(1, count)).join(between), chips: shown };
};

const withDoing = (facts: string, chips: readonly CardChip[], doing: string | null): string => {
  if (doing === null) return facts;
  const left = room - widthOfChips(chips) - widthOf(facts + between);
  return left >= Math.min(widthOf(doing), fewestLetters * letter) ? `${facts}${between}${doing}` : facts;
};
