import { type KeyboardEvent, type ReactElement, useCallback, useRef } from "react";
import { useStore } from "zustand";

import { groupText } from "../../text/canvas-text.ts";
import { canvasItems } from "../items/canvas-items.ts";
import { renameGroup } from "../items/group-actions.ts";
import { shownGroups } from "../items/shown-groups.ts";
import { editTitle, titleEditing } from "../items/title-editing.ts";
import { focusCanvas } from "./focus-canvas.ts";
import { usePlaced } from "./use-placed.ts";

/** Where a group's title is typed, over its frame. */
export const GroupTitle = (): ReactElement | null => {
  const id = useStore(titleEditing, ({ group }) => group);
  const title = useStore(canvasItems, ({ groups }) => (id === null ? undefined : groups[id]?.title));
  return id === null || title === undefined ? null : <Editor key={id} id={id} title={title} />;
};

const Editor = ({ id, title }: { readonly id: string; readonly title: string }): ReactElement => {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  usePlaced(
    field,
    useCallback(() => {
      const box = shownGroups().find((frame) => frame.id === id)?.box;
      return box === undefined ? null : { x: box.left, y: box.top };
    }, [id]),
  );
  const finish = (words: string | null): void => {
    if (isDone.current) return;
    isDone.current = true;
    editTitle(null);
    if (words !== null) void renameGroup(id, words);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === "Enter" ? event.currentTarget.value : null);
    focusCanvas();
  };
  return (
    <input
      ref={field}
      className="field group-title"
      // It was asked for: whoever made the group types now.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      aria-label={groupText.title}
      defaultValue={title}
      maxLength={500}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
};
