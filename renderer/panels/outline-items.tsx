import "./outline-items.css";
import type { ReactElement } from "react";
import { useStore } from "zustand";

import { canvasItems } from "../canvas/items/canvas-items.ts";
import { goToGroup, toggleCollapsed } from "../canvas/items/group-actions.ts";
import { goToNote } from "../canvas/items/note-actions.ts";
import { groupText, noteText } from "../text/canvas-text.ts";
import { text } from "../text/text.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

/** The groups and notes of the canvas: to go to one, to open or collapse one. */
export const OutlineItems = (): ReactElement | null => {
  const { groups, notes } = useStore(canvasItems);
  const shown = Object.entries(groups);
  const written = Object.entries(notes).filter(([, note]) => note.text !== "");
  if (shown.length + written.length === 0) return null;
  return (
    <>
      {shown.length === 0 ? null : (
        <ul className="outline outline-items" aria-label={groupText.list}>
          {shown.map(([id, { title, nodes, collapsed }]) => (
            <li key={id} className="outline-group">
              <button type="button" className="outline-row" onClick={() => goToGroup(id)}>
                <Icon name="select" size={14} />
                <span className="outline-name">{title}</span>
                <span className="outline-count">{collapsed ? groupText.isCollapsed : text.nodes(nodes.length)}</span>
              </button>
              <IconButton
                icon={collapsed ? "down" : "up"}
                label={`${collapsed ? groupText.expand : groupText.collapse}: ${title}`}
                aria-expanded={!collapsed}
                onClick={() => void toggleCollapsed([id])}
              />
            </li>
          ))}
        </ul>
      )}
      {written.length === 0 ? null : (
        <ul className="outline outline-items" aria-label={noteText.list}>
          {written.map(([id, note]) => (
            <li key={id}>
              <button type="button" className="outline-row" onClick={() => goToNote(id)}>
                <Icon name="notes" size={14} />
                <span className="outline-name">{note.text.split("\n", 1)[0]}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
