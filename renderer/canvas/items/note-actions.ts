import { createStore } from "zustand/vanilla";

import { noteText } from "../../text/canvas-text.ts";
import { graph } from "../../store/graph-store.ts";
import { middleOfView } from "../canvas-hooks.ts";
import { fit } from "../viewport.ts";
import { canvasItems, type CanvasItems } from "./canvas-items.ts";
import { freeId, saveNotes } from "./save-items.ts";

const size = { width: 240, height: 120 };

/** The note whose text is being typed; `null` for none. */
export const noteEditing = createStore<{ readonly note: string | null }>(() => ({ note: null }));

export const editNote = (note: string | null): void => noteEditing.setState({ note });

/** Puts an empty note in the middle of what can be seen and begins to type; it is kept once it says something. */
export const addNote = (): void => {
  const id = freeId(canvasItems.getState().notes, "note");
  const note = { ...freePlace(), ...size, text: "" };
  canvasItems.setState(({ notes }) => ({ notes: { ...notes, [id]: note } }));
  editNote(id);
};

/** The middle of what can be seen, or the first place below it where no card would cover the note. */
const freePlace = (): { readonly x: number; readonly y: number } => {
  const middle = middleOfView();
  const x = Math.round(middle.x - size.width / 2);
  let y = Math.round(middle.y - size.height / 2);
  const isCovered = (): boolean =>
    graph.cardsIn({ left: x, top: y, right: x + size.width, bottom: y + size.height }).length > 0;
  for (let tries = 0; tries < 200 && isCovered(); tries++) y += 40;
  return { x, y };
};

/** Ends the typing: an empty note goes, another one is written. */
export const finishNote = async (id: string, before: string, words: string): Promise<void> => {
  editNote(null);
  const note = canvasItems.getState().notes[id];
  if (note === undefined) return;
  if (words.trim() !== "") {
    if (words !== before) await saveNotes({ [id]: { ...note, text: words.slice(0, 20_000) } }, noteText.edit);
  } else if (before === "") dropUnsaved(id);
  else await removeNote(id);
};

const dropUnsaved = (id: string): void =>
  canvasItems.setState(({ notes }) => ({
    notes: Object.fromEntries(Object.entries(notes).filter(([other]) => other !== id)),
  }));

export const removeNote = (id: string): Promise<void> => saveNotes({ [id]: null }, noteText.remove);

/** Shows what canvas.yml says now; a note that is being typed stays as it is on the screen until it is written. */
export const showItems = ({ groups, notes }: CanvasItems): void => {
  const { note } = noteEditing.getState();
  const typed = note === null ? undefined : canvasItems.getState().notes[note];
  canvasItems.setState({ groups, notes: note === null || typed === undefined ? notes : { ...notes, [note]: typed } });
};

/** Moves or resizes a note as shown, without writing it. */
export const shapeNote = (id: string, change: Partial<Record<"x" | "y" | "width" | "height", number>>): void =>
  canvasItems.setState(({ notes }) => {
    const note = notes[id];
    return note === undefined ? {} : { notes: { ...notes, [id]: { ...note, ...change } } };
  });

/** Writes where a note is and how large. */
export const saveShape = async (id: string): Promise<void> => {
  const note = canvasItems.getState().notes[id];
  if (note === undefined || note.text === "") return;
  const { x, y, width, height } = note;
  const rounded = { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
  await saveNotes({ [id]: { ...note, ...rounded } }, noteText.move, `note:${id}`);
};

/** Shows a note and begins to type in it. */
export const goToNote = (id: string): void => {
  const note = canvasItems.getState().notes[id];
  if (note === undefined) return;
  fit({ left: note.x, top: note.y, right: note.x + note.width, bottom: note.y + note.height });
  editNote(id);
};
