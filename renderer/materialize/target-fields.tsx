import type { ReactElement } from "react";

import type { ConnectionView } from "../../shared/api/index.ts";
import { materializeText } from "../text/materialize-text.ts";
import { Choice, Labelled, Tick } from "../ui/labelled.tsx";
import { KeyPicker } from "./key-picker.tsx";
import { TableField } from "./table-field.tsx";
import { fileTypes, isFileTarget, modes, type TargetForm, usesKeys, usesTime } from "./target-form.ts";

export interface TargetFieldsProps {
  readonly node: string;
  readonly version: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly connections: readonly ConnectionView[];
  readonly form: TargetForm;
  readonly onChange: (change: Partial<TargetForm>) => void;
}

const words = materializeText;

/** Where to, and what to do with the rows that are there. */
export const TargetFields = (props: TargetFieldsProps): ReactElement => {
  const { form, onChange } = props;
  return (
    <>
      <div className="target-place">
        <Place {...props} />
        {isFileTarget(form) ? (
          <Labelled label={words.path} hint={words.pathHint}>
            {(ids) => (
              <input
                {...ids}
                className="field code"
                value={form.path}
                spellCheck={false}
                onChange={(event) => onChange({ path: event.target.value })}
              />
            )}
          </Labelled>
        ) : (
          <TableField connection={form.connection} value={form.table} onChange={(table) => onChange({ table })} />
        )}
      </div>
      {isFileTarget(form) ? null : (
        <>
          <Choice
            label={words.mode}
            value={form.mode}
            options={modes.map((mode) => [mode, words.modes[mode]] as const)}
            onChange={(mode) => onChange({ mode })}
          />
          <ModeFields {...props} />
        </>
      )}
      <More {...props} />
    </>
  );
};

/** Connections and kinds of file in one list: `connection:warehouse`, `file:csv`. */
const Place = ({ connections, form, onChange }: TargetFieldsProps): ReactElement => {
  const servers = connections.filter(({ type }) => type === "postgresql");
  const known = servers.some(({ name }) => name === form.connection);
  const names = known || form.connection === "" ? servers.map(({ name }) => name) : [form.connection];
  const label = (name: string): string => {
    const server = servers.find((candidate) => candidate.name === name);
    return server?.production === true ? `${name} (${words.production})` : name;
  };
  const options = [
    ...[...new Set([...names, ...servers.map(({ name }) => name)])].map(
      (name) => [`connection:${name}`, label(name)] as const,
    ),
    ...fileTypes.map((type) => [`file:${type}`, words.file(type)] as const),
  ];
  return (
    <Choice
      label={words.writeTo}
      value={isFileTarget(form) ? `file:${form.type}` : `connection:${form.connection}`}
      options={options}
      onChange={(choice) => {
        const [kind, name = ""] = choice.split(/:(.*)/s);
        const path = form.path.replace(/\.(?:csv|parquet|json)$/, `.${name}`);
        onChange(kind === "file" ? { type: name, path } : { type: "postgresql", connection: name });
      }}
    />
  );
};

const isTime = (type: string): boolean => /^(?:DATE|TIMESTAMP)/.test(type);

const ModeFields = ({ node, version, columns, form, onChange }: TargetFieldsProps): ReactElement => {
  const times = columns.filter(({ type }) => isTime(type)).map(({ name }) => [name, name] as const);
  return (
    <>
      {usesKeys(form.mode) ? (
        <KeyPicker
          node={node}
          version={version}
          columns={columns.map(({ name }) => name)}
          keys={form.keys}
          isNeeded={form.mode === "upsert_by_key"}
          onChange={(keys) => onChange({ keys })}
        />
      ) : null}
      {usesTime(form.mode) ? (
        <Choice
          label={words.timeColumn}
          value={form.timeColumn}
          options={[["", "–"] as const, ...times]}
          onChange={(timeColumn) => onChange({ timeColumn })}
        />
      ) : null}
      {form.mode === "incremental_by_time" ? (
        <Labelled label={words.lookback} hint={words.lookbackHint}>
          {(ids) => (
            <input
              {...ids}
              className="field"
              value={form.lookback}
              onChange={(event) => onChange({ lookback: event.target.value })}
            />
          )}
        </Labelled>
      ) : null}
    </>
  );
};

const entries = <T extends string>(record: Readonly<Record<T, string>>): readonly (readonly [T, string])[] =>
  Object.entries(record) as [T, string][];

const More = ({ form, onChange }: TargetFieldsProps): ReactElement | null =>
  isFileTarget(form) ? null : (
    <details className="more">
      <summary>{words.more}</summary>
      <Choice
        label={words.schemaChange}
        value={form.onSchemaChange}
        options={entries(words.schemaChanges)}
        onChange={(onSchemaChange) => onChange({ onSchemaChange })}
      />
      {form.mode === "append" ? (
        <Choice
          label={words.definitionChange}
          value={form.onDefinitionChange}
          options={entries(words.definitionChanges)}
          onChange={(onDefinitionChange) => onChange({ onDefinitionChange })}
        />
      ) : null}
      <Tick label={words.allowEmpty} value={form.allowEmpty} onChange={(allowEmpty) => onChange({ allowEmpty })} />
      <Tick label={words.cascade} value={form.cascade} onChange={(cascade) => onChange({ cascade })} />
    </details>
  );
