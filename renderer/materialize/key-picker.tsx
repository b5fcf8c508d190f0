import { type ReactElement } from "react";

import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { materializeText } from "../text/materialize-text.ts";
import { Icon } from "../ui/icon.tsx";
import { Tick } from "../ui/labelled.tsx";

interface KeyPickerProps {
  readonly node: string;
  /** Changes with the node's table. */
  readonly version: string;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
  readonly isNeeded: boolean;
  readonly onChange: (keys: readonly string[]) => void;
}

const words = materializeText;

/** Chooses the key's columns; whether they identify rows is looked up in the whole table at once. */
export const KeyPicker = ({ node, version, columns, keys, isNeeded, onChange }: KeyPickerProps): ReactElement => (
  <fieldset className="key-picker">
    <legend>{words.keys}</legend>
    <p className="panel-hint">{words.keysHint}</p>
    <div className="key-columns">
      {columns.map((column) => (
        <Tick
          key={column}
          label={column}
          value={keys.includes(column)}
          onChange={(isKey) => onChange(isKey ? [...keys, column] : keys.filter((key) => key !== column))}
        />
      ))}
    </div>
    <div className="key-facts" role="status">
      {keys.length > 0 ? <Facts node={node} version={version} keys={keys} /> : isNeeded ? words.keysNeeded : null}
    </div>
  </fieldset>
);

const Facts = ({ node, version, keys }: Pick<KeyPickerProps, "node" | "version" | "keys">): ReactElement => {
  const facts = useAsync(JSON.stringify([node, version, keys]), (signal) =>
    host().call("materialize.keys", { node, keys: [...keys] }, signal),
  );
  if (facts.status === "failed") return <span className="fact-bad">{facts.error.message}</span>;
  if (facts.status === "loading" || facts.value === null) return <span>{words.checking}</span>;
  const { rows, nulls, repeated, examples } = facts.value;
  if (nulls === 0 && repeated === 0) {
    return (
      <span className="fact-good">
        <Icon name="ok" size={14} /> {words.keyUnique(rows)}
      </span>
    );
  }
  return (
    <span className="fact-bad">
      <Icon name="invalid" size={14} />{" "}
      {[
        nulls > 0 ? words.keyNulls(nulls) : "",
        repeated > 0 ? words.keyRepeated(repeated, examples.slice(0, 2).join("; ")) : "",
      ]
        .filter((part) => part !== "")
        .join(". ")}
    </span>
  );
};
