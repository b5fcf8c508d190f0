import { type ReactElement, useId } from "react";

import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { materializeText } from "../text/materialize-text.ts";
import { Labelled } from "../ui/labelled.tsx";

interface TableFieldProps {
  readonly connection: string;
  readonly value: string;
  readonly onChange: (table: string) => void;
}

const plain = (name: string): string => (/[\s".]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

/** A table of the server, chosen while typing, or a new one. */
export const TableField = ({ connection, value, onChange }: TableFieldProps): ReactElement => {
  const list = useId();
  const tables = useAsync(connection, (signal) => host().call("connections.tables", { name: connection }, signal));
  const names =
    tables.status === "failed"
      ? []
      : (tables.value ?? [])
          .filter(({ kind }) => kind === "table")
          .map(({ schema, name }) => `${plain(schema)}.${plain(name)}`);
  const hint =
    tables.status === "failed" ? materializeText.tablesFailed(tables.error.message) : materializeText.tableHint;
  return (
    <Labelled label={materializeText.table} hint={hint}>
      {(ids) => (
        <>
          <input
            {...ids}
            className="field code"
            list={list}
            value={value}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {names.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Labelled>
  );
};
