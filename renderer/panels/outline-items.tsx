import "./outline-items.css";
import { type ReactElement, useSyncExternalStore } from "react";
import { useStore } from "zustand";

import { canvasItems } from "../canvas/items/canvas-items.ts";
import { goToGroup, toggleCollapsed } from "../canvas/items/group-actions.ts";
import { groupStanding, onStandings } from "../canvas/items/group-standing.ts";
import { goToNote } from "../canvas/items/note-actions.ts";
import { groupText, noteText } from "../text/canvas-text.ts";
import { text } from "../text/text.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

/** How the nodes stand that a collapsed group hides, as its box on the canvas says it. */
const Standing = ({ members }: { readonly members: readonly string[] }): ReactElement => {
  const { state, words } = useSyncExternalStore(onStandings, () => groupStanding(members));
  return (
    <span className="outline-standing" title={words}>
      <span className={`state-glyph glyph-${state}`}>
        <Icon name={state} size={13} />
      </span>
      <span className="outline-standing-words">{words}</span>
    </span>
  );
};

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
                {collapsed ? <Standing members={nodes} /> : null}
                <span className={collapsed ? "hidden-visually" : "outline-count"}>
                  {collapsed ? groupText.isCollapsed : text.nodes(nodes.length)}
                </span>
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
