import { type KeyboardEvent, type ReactElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";

import { reveal } from "../canvas/viewport.ts";
import { graph } from "../store/graph-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { Icon, isIconName } from "../ui/icon.tsx";
import { keysFor } from "./key-settings.ts";
import { showKeys } from "./keys.ts";
import { runCommand } from "./keymap.ts";
import { matchScore } from "./match.ts";
import { closePalette, palette } from "./palette-store.ts";
import { commands, isEnabled } from "./registry.ts";

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly keys: string;
  readonly icon: string;
  readonly choose: () => void;
}

/** Every command fits: without a keyboard they are scrolled to. */
const most = 200;

const commandChoices = (): readonly Choice[] =>
  commands.filter(isEnabled).map((command) => ({
    id: command.id,
    title: command.title,
    keys: showFirst(keysFor(command)),
    icon: "chevron",
    choose: () => runCommand(command),
  }));

const showFirst = ([first]: readonly string[]): string => (first === undefined ? "" : showKeys(first));

const nodeChoices = (): readonly Choice[] =>
  [...graph.nodes()].map(({ id, type, view }) => ({
    id: `node:${id}`,
    title: id,
    keys: text.kinds[type === "node" ? view.kind : "broken"] ?? "",
    icon: type === "node" ? view.kind : "broken",
    choose() {
      graph.select([id]);
      reveal(id);
      document.querySelector<HTMLElement>("[data-keys='canvas']")?.focus();
    },
  }));

const rank = (query: string): readonly Choice[] => {
  const choices = query.trim() === "" ? commandChoices() : [...commandChoices(), ...nodeChoices()];
  const scored = choices.flatMap((choice) => {
    const score = matchScore(query, choice.title);
    return score === null ? [] : [{ choice, score }];
  });
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ choice }) => choice);
};

/** Every command and node by name. */
export const CommandPalette = (): ReactElement | null => {
  const { isOpen, turn } = useStore(palette);
  return isOpen ? <OpenPalette key={turn} /> : null;
};

const OpenPalette = (): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState(palette.getState().query);
  const [at, setAt] = useState(0);
  const choices = useMemo(() => rank(query), [query]);
  const list = useRef<HTMLUListElement>(null);

  // At once, so that what is typed right after the keys is typed here.
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  useEffect(() => announce(text.commandPalette.results(choices.length)), [choices]);

  // At once, too: the browser tells of the closing only later, and by then the next key may have been pressed.
  const close = (): void => {
    dialog.current?.close();
    closePalette();
  };
  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    close();
    choice.choose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) setAt(Math.max(0, Math.min(choices.length - 1, at + step)));
    else if (event.key === "Enter") choose(choices[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      className="command-palette"
      ref={dialog}
      aria-label={text.commandPalette.label}
      onClose={closePalette}
      onClick={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={choices[at] === undefined ? undefined : `palette-${at}`}
        aria-label={text.commandPalette.placeholder}
        placeholder={text.commandPalette.placeholder}
        value={query}
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 ? <p className="palette-nothing">{text.commandPalette.nothing(query)}</p> : null}
      <ul id="palette-list" className="palette-list" role="listbox" aria-label={text.commandPalette.label} ref={list}>
        {choices.map((choice, index) => (
          <li
            key={choice.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at}
            className="palette-choice"
            onPointerMove={() => setAt(index)}
            onClick={() => choose(choice)}
          >
            <Icon name={isIconName(choice.icon) ? choice.icon : "chevron"} size={14} />
            <span className="palette-title">{choice.title}</span>
            <span className="palette-keys">{choice.keys}</span>
          </li>
        ))}
      </ul>
    </dialog>
  );
};
