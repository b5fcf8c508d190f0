import { type KeyboardEvent, type ReactElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";

import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { Icon } from "../../ui/icon.tsx";
import { chooser, type ChooserRequest } from "./chooser-store.ts";

/** As many lines as anybody reads; typing reaches the rest. */
const most = 200;
const size = { width: 420, height: 380 };

/** A list with typing: what to add, what to connect with. */
export const Chooser = (): ReactElement | null => {
  const { request, answer } = useStore(chooser);
  return request === null ? null : <OpenChooser key={request.label} request={request} answer={answer} />;
};

interface OpenProps {
  readonly request: ChooserRequest;
  readonly answer: (id: string | null) => void;
}

const OpenChooser = ({ request, answer }: OpenProps): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const choices = useMemo(() => request.choices(query).slice(0, most), [request, query]);

  // At once, so that what is typed right after the keys is typed here.
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  useEffect(() => announce(text.commandPalette.results(choices.length)), [choices]);

  const pick = (index: number): void => {
    const choice = choices[index];
    if (choice === undefined) return;
    if (choice.refusal === null) answer(choice.id);
    else announce(choice.refusal);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) setAt(Math.max(0, Math.min(choices.length - 1, at + step)));
    else if (event.key === "Enter") pick(at);
    // At once: the browser tells of the closing only later, and by then the next key may have been pressed.
    else if (event.key === "Escape") answer(null);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      className={request.at === null ? "command-palette chooser" : "command-palette chooser chooser-placed"}
      ref={dialog}
      style={request.at === null ? undefined : near(request.at)}
      aria-label={request.label}
      onClose={() => answer(null)}
      onClick={(event) => {
        if (event.target === dialog.current) answer(null);
      }}
    >
      <p className="chooser-title">{request.label}</p>
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="chooser-list"
        aria-activedescendant={choices[at] === undefined ? undefined : `chooser-${at}`}
        aria-label={request.placeholder}
        placeholder={request.placeholder}
        value={query}
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 ? <p className="palette-nothing">{request.nothing(query)}</p> : null}
      <ul id="chooser-list" className="palette-list" role="listbox" aria-label={request.label} ref={list}>
        {choices.map((choice, index) => (
          <li
            key={choice.id}
            id={`chooser-${index}`}
            role="option"
            aria-selected={index === at}
            aria-disabled={choice.refusal !== null}
            className="palette-choice chooser-choice"
            onPointerMove={() => setAt(index)}
            onClick={() => pick(index)}
          >
            <Icon name={choice.icon} size={14} />
            <span className="chooser-name">{choice.title}</span>
            <span className="palette-title chooser-detail">{choice.refusal ?? choice.detail}</span>
          </li>
        ))}
      </ul>
    </dialog>
  );
};

/** Beside the place, whole inside the window. */
const near = ({ x, y }: { readonly x: number; readonly y: number }) => ({
  left: Math.max(8, Math.min(x, window.innerWidth - size.width - 8)),
  top: Math.max(8, Math.min(y, window.innerHeight - size.height - 8)),
});
