import type { SourceLocation } from "../errors/index.ts";

/**
 * From `offset` of a text on, it stands at `line` and `column` of its file. With `fixed`, all of it up to the next
 * entry stands at that one place (an expanded fragment).
 */
export interface TextPlace {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly fixed?: boolean | undefined;
}

/** A text that was taken from a file. Without `places` each of its lines begins at the location's column. */
export interface PlacedText {
  readonly text: string;
  readonly location: SourceLocation;
  readonly places?: readonly TextPlace[] | null | undefined;
}

/** The line and column of the file where `offset` of a node's SQL stands. */
export const locateInText = (placed: PlacedText, offset: number): SourceLocation => {
  const { text, location, places } = placed;
  if (places === undefined || places === null || places.length === 0) {
    const before = text.slice(0, Math.max(0, offset));
    const newlines = before.split("\n");
    const column = (newlines.at(-1) ?? "").length;
    return { file: location.file, line: location.line + newlines.length - 1, column: location.column + column };
  }
  const place = placeAt(places, offset);
  const column = place.fixed === true ? place.column : place.column + Math.max(0, offset - place.offset);
  return { file: location.file, line: place.line, column };
};

/** The last entry at or before `offset`. */
const placeAt = (places: readonly TextPlace[], offset: number): TextPlace => {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return places[low] ?? { offset: 0, line: 1, column: 1 };
};
