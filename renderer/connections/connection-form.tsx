import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";

import type { ConnectionSettings } from "../../shared/api/index.ts";
import { toHeadraceError, type HeadraceError } from "../../shared/errors/index.ts";
import { host } from "../api.ts";
import { connectionsText } from "../text/connections-text.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Choice, Labelled, Tick } from "../ui/labelled.tsx";
import { Marked } from "../ui/marked.tsx";
import { PasswordFields } from "./password-fields.tsx";
import { keepSecret } from "./secrets.ts";

interface ConnectionFormProps {
  /** Empty for a new one. */
  readonly name: string;
  readonly settings: ConnectionSettings;
  readonly onDone: () => void;
}

const words = connectionsText;

const entries = <T extends string>(record: Readonly<Record<T, string>>): readonly (readonly [T, string])[] =>
  Object.entries(record) as [T, string][];

/** Fills in a connection; saving is one undoable edit of profiles.yml. */
export const ConnectionForm = ({ name: known, settings: initial, onDone }: ConnectionFormProps): ReactElement => {
  const [name, setName] = useState(known);
  const [settings, setSettings] = useState(initial);
  const [secret, setSecret] = useState("");
  const [error, setError] = useState<HeadraceError | null>(null);
  const isNew = known === "";
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select")?.focus(), []);
  const change = (part: Partial<ConnectionSettings>): void => setSettings((before) => ({ ...before, ...part }));
  const save = async (): Promise<void> => {
    try {
      const { password } = settings;
      if (password.from === "secret" && secret !== "") await keepSecret(password.name, secret);
      const label = isNew ? words.addLabel(name) : words.saveLabel(name);
      await host().call("connections.save", { name, isNew, settings, label });
      announce(words.saved(name));
      onDone();
    } catch (thrown) {
      setError(toHeadraceError(thrown));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form ref={form} className="connection-form" aria-label={words.form(known)} onSubmit={submit}>
      <h2 className="connection-title">{words.form(known)}</h2>
      {isNew ? <Text label={words.name} value={name} isNeeded onChange={setName} /> : null}
      <Choice
        label={words.type}
        value={settings.type}
        options={entries(words.types)}
        onChange={(type) => change({ type })}
      />
      {settings.type === "sqlite" ? (
        <Text label={words.path} value={settings.path} isNeeded onChange={(path) => change({ path })} />
      ) : (
        <>
          <div className="connection-pair">
            <Text label={words.host} value={settings.host} onChange={(server) => change({ host: server })} />
            <Text label={words.port} value={settings.port} onChange={(port) => change({ port })} />
          </div>
          <div className="connection-pair">
            <Text label={words.database} value={settings.database} onChange={(database) => change({ database })} />
            <Text label={words.user} value={settings.user} onChange={(user) => change({ user })} />
          </div>
          <PasswordFields
            name={name}
            password={settings.password}
            secret={secret}
            onChange={(password) => change({ password })}
            onSecret={setSecret}
          />
          <Choice
            label={words.sslmode}
            value={settings.sslmode}
            options={entries(words.sslmodes)}
            onChange={(sslmode) => change({ sslmode })}
          />
          <Tick
            label={words.isProduction}
            value={settings.production}
            onChange={(production) => change({ production })}
          />
        </>
      )}
      <p className="panel-hint">{words.variables}</p>
      {error === null ? null : (
        <p role="alert" className="fact-bad">
          <Marked words={`${error.message}. ${error.next}`} />
        </p>
      )}
      <div className="connection-actions">
        <button type="submit" className="button button-primary">
          {words.save}
        </button>
        <Button onClick={onDone}>{words.cancel}</Button>
      </div>
    </form>
  );
};

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly isNeeded?: boolean;
  readonly onChange: (value: string) => void;
}

const Text = ({ label, value, isNeeded = false, onChange }: TextProps): ReactElement => (
  <Labelled label={label}>
    {(ids) => (
      <input
        {...ids}
        className="field"
        value={value}
        required={isNeeded}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Labelled>
);
