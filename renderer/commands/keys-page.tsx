import { type KeyboardEvent, type ReactElement, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { text } from "../text/text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import type { Command } from "./command.ts";
import {
  changeKeys,
  followKeySettings,
  isLetter,
  keySettings,
  keysFor,
  resetKeys,
  switchLetters,
} from "./key-settings.ts";
import { keysOf, showKeys } from "./keys.ts";
import { keysPage } from "./keys-page-store.ts";
import { matchScore } from "./match.ts";
import { commands } from "./registry.ts";
import "./keys-page.css";

const words = text.keysPage;
const modifiers = new Set(["Control", "Shift", "Alt", "Meta", "Mod", "Ctrl"]);

/** Every command with its keys: to be read, changed and switched off. */
export const KeysPage = (): ReactElement | null => {
  const { isOpen } = useStore(keysPage);
  useEffect(followKeySettings, []);
  return isOpen ? <OpenPage /> : null;
};

const OpenPage = (): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const { letters } = useStore(keySettings);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const found = commands
    .filter(({ title }) => matchScore(query, title) !== null)
    .toSorted((a, b) => Number(b.keys.length > 0) - Number(a.keys.length > 0));
  return (
    <dialog
      className="keys-page"
      ref={dialog}
      aria-labelledby="keys-title"
      onClose={() => keysPage.setState({ isOpen: false })}
    >
      <header className="keys-head">
        <h2 id="keys-title">{words.show}</h2>
        <IconButton icon="close" label={text.actions.close} onClick={() => dialog.current?.close()} />
      </header>
      <div className="keys-settings">
        <input
          className="field"
          type="search"
          aria-label={words.filter}
          placeholder={words.filter}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <label className="keys-letters">
          <input type="checkbox" checked={letters} onChange={(event) => switchLetters(event.target.checked)} />
          {words.letters}
        </label>
        <Button onClick={() => resetKeys(null)}>{words.resetAll}</Button>
      </div>
      <p className="panel-hint">{words.help}</p>
      <ul className="keys-list" aria-label={words.show}>
        {found.map((command) => (
          <KeysRow key={command.id} command={command} />
        ))}
      </ul>
    </dialog>
  );
};

const KeysRow = ({ command }: { readonly command: Command }): ReactElement => {
  const { changed, letters } = useStore(keySettings);
  const [isListening, setListening] = useState(false);
  const own = changed[command.id] ?? command.keys;
  const shown = own.map((keys) => (letters || !isLetter(keys) ? showKeys(keys) : words.off)).join(", ");
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isListening || modifiers.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    setListening(false);
    // Escape leaves things as they are; Backspace takes the keys away.
    if (event.key === "Escape") return;
    changeKeys(command, event.key === "Backspace" ? "" : keysOf(event.nativeEvent), commands);
  };
  return (
    <li className="keys-row" data-command={command.id}>
      <span className="keys-name">{command.title}</span>
      <button
        type="button"
        className="keys-button"
        aria-label={words.change(command.title, isListening ? words.press : own.length === 0 ? words.none : shown)}
        disabled={command.isNative === true}
        aria-pressed={isListening}
        onClick={() => setListening(!isListening)}
        onKeyDown={onKeyDown}
        onBlur={() => setListening(false)}
      >
        {isListening ? words.press : own.length === 0 ? words.none : <kbd>{shown}</kbd>}
      </button>
      {command.id in changed ? <Button onClick={() => resetKeys(command)}>{words.reset}</Button> : null}
      <span className="hidden-visually">{keysFor(command).map(showKeys).join(", ")}</span>
    </li>
  );
};
