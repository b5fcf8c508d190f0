import { endArrival } from "../../store/arrivals.ts";
import { beginComing, comingFiles, endComing } from "../../store/coming-files.ts";
import { cardHeight, cardWidth, type Position } from "../../store/graph-store.ts";
import { comingText } from "../../text/canvas-text.ts";
import { announce } from "../../ui/announcer.tsx";
import { middleOfView } from "../canvas-hooks.ts";
import { placeAround } from "./free-place.ts";
import { freshName } from "./names.ts";

/** A file as it was given: dropped, chosen, pasted. */
export interface GivenFile {
  readonly content: Blob;
  readonly file: string;
}

/** A file that is to be a source. */
export interface Incoming extends GivenFile {
  /** Of the node that it will be. */
  readonly id: string;
  readonly name: string;
  readonly place: Position;
  /** Aborted once it is not wanted any more. */
  readonly signal: AbortSignal;
}

export const stemOf = (file: string): string => file.replace(/(\.(gz|zst))?$/i, "").replace(/\.[^.]*$/, "");

const apart = { across: cardWidth + 88, down: cardHeight + 36 };
const columnLength = 5;

/** Below each other from the place of the drop, in columns that a window shows whole. */
const inColumns = ({ x, y }: Position, index: number): Position => ({
  x: x + Math.floor(index / columnLength) * apart.across,
  y: y + (index % columnLength) * apart.down,
});

/** Shows files where they were dropped before anything of them is known; each can be left out from then on. */
export const standIn = (given: readonly GivenFile[], at: Position | null): readonly Incoming[] => {
  const { files } = comingFiles.getState();
  const names = new Set(files.map(({ id }) => id));
  const places = files.map(({ place }) => place);
  const middle = at ?? middleOfView();
  const cancels: (() => void)[] = [];
  const incoming = given.map(({ content, file }, index): Incoming => {
    const name = freshName("source", stemOf(file), names);
    const id = `source.${name}`;
    const place = placeAround(inColumns(middle, index), places);
    names.add(id);
    places.push(place);
    const controller = new AbortController();
    cancels.push(() => {
      controller.abort();
      endArrival(id);
      endComing([id]);
      announce(comingText.leftOut(file));
    });
    return { content, file, id, name, place, signal: controller.signal };
  });
  beginComing(
    incoming.map(({ id, file, place }, index) => {
      return { id, file, place, phase: "waiting", share: null, cancel: cancels[index] ?? (() => undefined) };
    }),
  );
  announce(comingText.begun(incoming.map(({ file }) => file)));
  return incoming;
};

/** Leaves out every file that is coming in. */
export const leaveOutAll = (): void => {
  for (const { cancel } of comingFiles.getState().files) cancel();
};
