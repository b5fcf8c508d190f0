import { type KeyboardEvent, type ReactElement, useCallback, useRef } from "react";
import { useStore } from "zustand";

import type { CanvasNote } from "../../../shared/api/index.ts";
import { noteText } from "../../text/canvas-text.ts";
import { IconButton } from "../../ui/button.tsx";
import { canvasItems } from "../items/canvas-items.ts";
import { editNote, finishNote, noteEditing, removeNote } from "../items/note-actions.ts";
import { focusCanvas } from "./focus-canvas.ts";
import { usePlaced } from "./use-placed.ts";

/** Where a note is typed, over its place on the canvas. */
export const NoteEditor = (): ReactElement | null => {
  const id = useStore(noteEditing, ({ note }) => note);
  const note = useStore(canvasItems, ({ notes }) => (id === null ? undefined : notes[id]));
  return id === null || note === undefined ? null : <Editor key={id} id={id} note={note} />;
};

const Editor = ({ id, note }: { readonly id: string; readonly note: CanvasNote }): ReactElement => {
  const frame = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { x, y, width, height, text } = note;
  usePlaced(
    frame,
    useCallback(() => ({ x, y }), [x, y]),
    true,
  );
  const finish = (): void => {
    if (noteEditing.getState().note === id) void finishNote(id, text, field.current?.value ?? text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    event.stopPropagation();
    finish();
    focusCanvas();
  };
  return (
    <div
      ref={frame}
      className="note-editor"
      style={{ width, height }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) finish();
      }}
      onKeyDown={onKeyDown}
    >
      <textarea
        ref={field}
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label={noteText.label}
        placeholder={noteText.placeholder}
        defaultValue={text}
        maxLength={20_000}
      />
      {text === "" ? null : (
        <IconButton
          icon="close"
          label={noteText.removeThis}
          onClick={() => {
            editNote(null);
            void removeNote(id);
            focusCanvas();
          }}
        />
      )}
    </div>
  );
};
