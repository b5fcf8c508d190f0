import { type KeyboardEvent, type ReactElement, useEffect } from "react";
import { useStore } from "zustand";

import { graph } from "../../store/graph-store.ts";
import { findText } from "../../text/canvas-text.ts";
import { IconButton } from "../../ui/button.tsx";
import { closeFind, find, followFind, nextMatch, setQuery } from "../find/find-store.ts";
import { reveal } from "../viewport.ts";
import { focusCanvas } from "./focus-canvas.ts";

/** Finds nodes by selector; the canvas dims the rest, Enter walks the matches. */
export const FindBar = (): ReactElement | null => {
  const isOpen = useStore(find, (state) => state.isOpen);
  return isOpen ? <OpenBar /> : null;
};

const OpenBar = (): ReactElement => {
  const { query, found, problem, at } = useStore(find);
  useEffect(followFind, []);
  return (
    <search className="find-bar" aria-label={findText.label}>
      <input
        className="field"
        type="text"
        // It was asked for by name or key.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label={findText.label}
        aria-describedby="find-help"
        placeholder={findText.placeholder}
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span id="find-help" hidden>
        {findText.help}
      </span>
      <output className="find-count" data-bad={problem !== null && found === null}>
        {countOf(found, problem, at)}
      </output>
      <IconButton icon="up" label={findText.previous} keys="Shift+Enter" onClick={() => goTo(-1)} />
      <IconButton icon="down" label={findText.next} keys="Enter" onClick={() => goTo(1)} />
      <IconButton icon="select" label={findText.select} keys="Alt+Enter" onClick={selectAll} />
      <IconButton icon="close" label={findText.close} keys="Esc" onClick={close} />
    </search>
  );
};

const countOf = (found: ReadonlySet<string> | null, problem: string | null, at: number): string => {
  if (found === null) return problem ?? "";
  if (found.size === 0) return findText.none;
  return at < 0 ? findText.matches(found.size) : findText.at(at + 1, found.size);
};

const goTo = (step: 1 | -1): void => {
  const id = nextMatch(step);
  if (id === null) return;
  graph.select([id]);
  reveal(id);
};

const selectAll = (): void => {
  const { found } = find.getState();
  if (found === null) return;
  graph.select(found);
  close();
};

const close = (): void => {
  closeFind();
  focusCanvas();
};

const onKeyDown = (event: KeyboardEvent): void => {
  if (event.key === "Escape") close();
  else if (event.key === "Enter" && event.altKey) selectAll();
  else if (event.key === "Enter") goTo(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
  event.stopPropagation();
};
