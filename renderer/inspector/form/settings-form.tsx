import { type ReactElement, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";

import type { EditCommand, NodeDocumentView, NodeSchemaView, NodeView } from "../../../shared/api/index.ts";
import { type KindName, kinds } from "../../../shared/graph/kinds/index.ts";
import { graph } from "../../store/graph-store.ts";
import { project } from "../../store/project-store.ts";
import { text } from "../../text/text.ts";
import { Button } from "../../ui/button.tsx";
import { openCode } from "../open-code.ts";
import { applySettings } from "../use-document.ts";
import { fieldsOf, type KeyField } from "./field-model.ts";
import { FieldInner, FieldView } from "./field-view.tsx";
import { formContext, type FormContext } from "./form-context.ts";
import { FormDesk, type Save } from "./form-desk.ts";
import { groupKeys } from "./form-groups.ts";
import { ObjectFields } from "./object-fields.tsx";
import "./form.css";

interface SettingsFormProps {
  readonly node: NodeView;
  readonly document: NodeDocumentView;
  readonly schema: NodeSchemaView | null;
}

/** A node's settings, drawn from the schema of its kind; each change is the smallest edit of its file. */
export const SettingsForm = ({ node, document, schema }: SettingsFormProps): ReactElement => {
  const kind = kinds[node.kind as KindName];
  const [desk] = useState(() => new FormDesk(node.kind as KindName, kind.schema, document.value, saver(node)));
  useEffect(() => desk.load(document.value), [desk, document.value]);
  useEffect(() => () => void desk.flush(), [desk]);
  const { value, errors } = useStore(desk.state);
  const connections = useStore(project, ({ info }) => info?.connections) ?? noNames;
  const form = useMemo((): FormContext => {
    const columns = [...(schema?.inputs.flatMap((input) => input.columns ?? []) ?? []), ...(schema?.columns ?? [])];
    return {
      edit: (path, next, now) => desk.edit(path, next, now),
      flush: () => void desk.flush(),
      errors,
      choices: {
        node: graph.ids().filter((id) => id !== node.id),
        column: [...new Set(columns.map(({ name }) => name))],
        connection: connections,
      },
      name: "setting",
      isReadOnly: false,
      View: FieldView,
      Inner: FieldInner,
    };
  }, [desk, errors, schema, connections, node.id]);
  const body = bodyKey(node, value);
  const hidden = document.written === "decorators" ? [...writtenInCode, body] : [body];
  return (
    <formContext.Provider value={form}>
      <form className="form" aria-label={text.form.of(node.id)} onSubmit={(event) => event.preventDefault()}>
        {groupKeys(fieldsOf(kind.schema)).map(({ group, keys }) => (
          <section key={group} aria-label={text.form.groups[group]}>
            <h2 className="panel-heading">{text.form.groups[group]}</h2>
            {group === "main" ? <Text node={node} sqlKey={body} /> : null}
            <ObjectFields
              keys={keys.filter(({ name }) => !hidden.includes(name))}
              path={noPath}
              value={pick(value, keys, group, hidden)}
            />
          </section>
        ))}
      </form>
    </formContext.Provider>
  );
};

/** What a decorated function says by being one. */
const writtenInCode: readonly (string | null)[] = ["transform", "file", "function"];

const noNames: readonly string[] = [];
const noPath: readonly string[] = [];

const saver =
  (node: NodeView): Save =>
  (edits, key) => {
    const [edit] = edits;
    if (key === "name" && typeof edit?.value === "string") return rename(node, edit.value);
    const commands = edits.map(({ path, value }): EditCommand =>
      value === undefined
        ? { type: "unset", node: node.id, path: [...path] }
        : { type: "set", node: node.id, path: [...path], value: value as never },
    );
    return applySettings(commands, text.form.set(key, node.id), `set ${key} ${node.id}`.slice(0, 100));
  };

/** A name is changed everywhere it is used, and the node stays selected under the new one. */
const rename = async (node: NodeView, name: string): Promise<boolean> => {
  const isDone = await applySettings([{ type: "rename", node: node.id, name }], text.form.rename(node.id, name));
  if (isDone) selectWhenThere(`${node.kind}.${name}`);
  return isDone;
};

const selectWhenThere = (id: string): void => {
  if (graph.slotOf(id) >= 0) return graph.select([id]);
  const stop = graph.on("structure", () => {
    if (graph.slotOf(id) < 0) return;
    stop();
    graph.select([id]);
  });
};

/** The key whose text has an editor of its own. */
const bodyKey = (node: NodeView, value: Readonly<Record<string, unknown>>): string | null => {
  const { sqlKey } = kinds[node.kind as KindName];
  return sqlKey !== undefined && typeof value[sqlKey] === "string" ? sqlKey : null;
};

/** The part of the settings that a group shows; what no key is for stands with what the node does. */
const pick = (
  value: Readonly<Record<string, unknown>>,
  keys: readonly KeyField[],
  group: string,
  hidden: readonly (string | null)[],
): Readonly<Record<string, unknown>> => {
  const known = new Set(keys.map(({ name }) => name));
  const all = Object.keys(value).filter((key) => !hidden.includes(key));
  return Object.fromEntries(
    all.filter((key) => known.has(key) || (group === "main" && isNowhere(key))).map((key) => [key, value[key]]),
  );
};

const everyKey = new Set(Object.values(kinds).flatMap(({ schema }) => fieldsOf(schema).map(({ name }) => name)));
const isNowhere = (key: string): boolean => !everyKey.has(key);

/** Where the node's SQL or Python is edited. */
const Text = ({ node, sqlKey }: { readonly node: NodeView; readonly sqlKey: string | null }): ReactElement | null => {
  if (sqlKey === null && node.language === "none") return null;
  return (
    <div className="form-field form-body">
      <div className="form-label">
        <span className="code">{sqlKey ?? text.editor.label[node.language === "python" ? "python" : "sql"]}</span>
      </div>
      <p className="form-help">{text.form.inCode}</p>
      <Button icon="code" onClick={() => openCode(node.id)}>
        {text.form.editCode}
      </Button>
    </div>
  );
};
