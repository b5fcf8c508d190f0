import type { ReactElement } from "react";

import type { PasswordSource } from "../../shared/api/index.ts";
import { connectionsText } from "../text/connections-text.ts";
import { Choice, Labelled } from "../ui/labelled.tsx";

interface PasswordFieldsProps {
  /** The connection's: a new secret is named after it. */
  readonly name: string;
  readonly password: PasswordSource;
  /** A new value for the secret; empty keeps the present one. */
  readonly secret: string;
  readonly onChange: (password: PasswordSource) => void;
  readonly onSecret: (secret: string) => void;
}

const words = connectionsText;
const sources = ["secret", "variable", "nothing"] as const;

/** Where the password comes from; a value that is typed goes to the keychain, never into a file of the project. */
export const PasswordFields = ({ name, password, secret, onChange, onSecret }: PasswordFieldsProps): ReactElement => {
  const offered = password.from === "file" ? (["file", ...sources] as const) : sources;
  const choose = (from: PasswordSource["from"]): void => {
    if (from === "secret") onChange({ from, name: name === "" ? "database" : name });
    else if (from === "variable") onChange({ from, name: "DATABASE_PASSWORD" });
    else onChange({ from });
  };
  return (
    <>
      <Choice
        label={words.password}
        value={password.from}
        options={offered.map((from) => [from, words.passwords[from]] as const)}
        hint={password.from === "file" ? words.plainPassword : undefined}
        onChange={choose}
      />
      {password.from === "secret" || password.from === "variable" ? (
        <Labelled label={password.from === "secret" ? words.secretName : words.variableName}>
          {(ids) => (
            <input
              {...ids}
              className="field code"
              value={password.name}
              required
              spellCheck={false}
              onChange={(event) => onChange({ from: password.from, name: event.target.value })}
            />
          )}
        </Labelled>
      ) : null}
      {password.from === "secret" ? (
        <Labelled label={words.secretValue} hint={words.secretHint}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              type="password"
              value={secret}
              autoComplete="new-password"
              onChange={(event) => onSecret(event.target.value)}
            />
          )}
        </Labelled>
      ) : null}
    </>
  );
};
