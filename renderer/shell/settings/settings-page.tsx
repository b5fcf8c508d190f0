import { type ReactElement, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { host } from "../../api.ts";
import { openKeysPage } from "../../commands/keys-page-store.ts";
import { forgetSecret, secretNames } from "../../connections/secrets.ts";
import { type Async, useAsync } from "../../panels/use-async.ts";
import { text } from "../../text/text.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Choice, Labelled } from "../../ui/labelled.tsx";
import { showMessage } from "../../ui/messages.tsx";
import { prefer, preferences } from "./preferences.ts";
import { closeSettings } from "./settings-page-store.ts";
import "./settings.css";

const words = text.preferences;

const entries = <T extends string>(record: Readonly<Record<T, string>>): readonly (readonly [T, string])[] =>
  Object.entries(record) as [T, string][];

/** What a person wants of every window. Each choice takes effect and is remembered at once. */
export const SettingsPage = (): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  const { theme, motion, editorFont, maxWorkers } = useStore(preferences);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // Its first field, where the dialog by itself would take its first button.
    dialog.current?.querySelector<HTMLElement>("select, input")?.focus();
  }, []);
  return (
    <dialog className="settings-page" ref={dialog} aria-labelledby="settings-title" onClose={closeSettings}>
      <header className="keys-head">
        <h2 id="settings-title">{words.title}</h2>
        <IconButton icon="close" label={text.actions.close} onClick={() => dialog.current?.close()} />
      </header>
      <div className="settings-grid">
        <Choice
          label={words.theme}
          value={theme}
          options={entries(words.themes)}
          onChange={(value) => prefer("theme", value)}
        />
        <Choice
          label={words.motion}
          value={motion}
          options={entries(words.motions)}
          onChange={(value) => prefer("motion", value)}
        />
        <Labelled label={words.font} hint={words.fontHint}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              value={editorFont}
              spellCheck={false}
              onChange={(event) => prefer("editorFont", event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={words.workers} hint={words.workersHint}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              type="number"
              min={1}
              max={64}
              value={maxWorkers ?? ""}
              onChange={(event) => prefer("maxWorkers", workersOf(event.target.value))}
            />
          )}
        </Labelled>
      </div>
      <Part title={words.keys}>
        <Button
          onClick={() => {
            dialog.current?.close();
            openKeysPage();
          }}
        >
          {words.keysButton}
        </Button>
      </Part>
      <Trusted />
      <Secrets />
      <Part title={words.telemetry}>
        <p>{words.telemetryWords}</p>
      </Part>
    </dialog>
  );
};

const workersOf = (typed: string): number | null => {
  const count = Number(typed);
  return Number.isInteger(count) && count >= 1 && count <= 64 ? count : null;
};

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement => (
  <section>
    <h3 className="panel-heading">{title}</h3>
    {children}
  </section>
);

/** A list that is read again after one of it was taken away. */
const useList = <T,>(key: string, read: (signal: AbortSignal) => Promise<readonly T[]>) => {
  const [turn, setTurn] = useState(0);
  const list: Async<readonly T[]> = useAsync(`${key} ${turn}`, read);
  const takeAway = (work: Promise<unknown>): void => void work.then(() => setTurn((before) => before + 1), showMessage);
  return { list: list.status === "failed" ? [] : (list.value ?? []), takeAway };
};

const Trusted = (): ReactElement => {
  const { list, takeAway } = useList("trusted", (signal) => host().call("trust.list", {}, signal));
  return (
    <Part title={words.trusted}>
      {list.length === 0 ? <p className="panel-hint">{words.noTrusted}</p> : null}
      <ul className="settings-list">
        {list.map(({ folder }) => (
          <li key={folder}>
            <span className="code">{folder}</span>
            <Button
              look="quiet"
              aria-label={words.revokeOf(folder)}
              onClick={() => takeAway(host().call("trust.revoke", { folder }))}
            >
              {words.revoke}
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  );
};

const Secrets = (): ReactElement => {
  const { list, takeAway } = useList("secrets", secretNames);
  return (
    <Part title={words.secrets}>
      {list.length === 0 ? <p className="panel-hint">{words.noSecrets}</p> : null}
      <ul className="settings-list">
        {list.map((name) => (
          <li key={name}>
            <span className="code">{name}</span>
            <Button look="quiet" aria-label={words.forgetOf(name)} onClick={() => takeAway(forgetSecret(name))}>
              {words.forget}
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  );
};
