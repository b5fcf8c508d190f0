import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";

import type { ColumnMentionsView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { showMessage } from "../ui/messages.tsx";
import { dropColumn, lightColumn } from "./lineage-store.ts";

interface RenameColumnProps {
  readonly table: string;
  readonly column: string;
  readonly onClose: () => void;
}

/** Asks for a column's new name, shows every edit that it takes, and makes them as one change. */
export const RenameColumn = ({ table, column, onClose }: RenameColumnProps): ReactElement => {
  const [name, setName] = useState(column);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const isNew = name.trim() !== "" && name !== column;
  const found = useAsync(isNew ? `${table} ${column} ${name}` : null, (signal) =>
    host().call("lineage.mentions", { table, column, to: name.trim() }, signal),
  );
  const mentions = isNew && found.status === "ready" ? found.value : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (mentions !== null && mentions.edits.length > 0)
      void apply(table, column, name.trim(), mentions).then((done) => done && onClose());
  };
  return (
    <form
      className="lineage-rename"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <label>
        {text.lineage.newName(column)}
        <input
          ref={field}
          className="field code"
          value={name}
          onChange={(event) => setName(event.target.value)}
          spellCheck={false}
        />
      </label>
      {isNew && found.status === "failed" ? (
        <p className="lineage-note" role="alert">
          {found.error.message}. {found.error.next}
        </p>
      ) : null}
      {mentions === null ? null : <Mentions mentions={mentions} />}
      <div className="lineage-buttons">
        <Button look="primary" disabled={mentions === null || mentions.edits.length === 0} onClick={submit}>
          {text.lineage.renameAll(mentions?.edits.length ?? 0)}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {text.lineage.cancel}
        </Button>
      </div>
    </form>
  );
};

const apply = async (table: string, column: string, to: string, { edits }: ColumnMentionsView): Promise<boolean> => {
  const label = text.lineage.renamed(`${table}.${column}`, to);
  const plain = edits.map(({ file, start, end, expected, text: inserted }) => ({
    file,
    start,
    end,
    expected,
    text: inserted,
  }));
  const [owner = ""] = (await host().call("lineage.columns", { table, column })).nodes;
  // The column goes by its old name until the edit is made, and no longer.
  dropColumn();
  try {
    await host().call("edit.apply", {
      label,
      commands: [{ type: "rename-column", node: owner, from: column, to, edits: plain }],
    });
    announce(label);
    await lightColumn(table, to);
    return true;
  } catch (error) {
    showMessage(error);
    await lightColumn(table, column);
    return false;
  }
};

const Mentions = ({ mentions: { edits, checks } }: { readonly mentions: ColumnMentionsView }): ReactElement => (
  <div aria-live="polite">
    <h3 className="panel-heading">{text.lineage.edits(edits.length)}</h3>
    <ul className="lineage-steps">
      {edits.map(({ file, line, start, expected, text: inserted }) => (
        <li key={`${file} ${start}`} className="lineage-edit">
          <span className="lineage-place">
            {file}:{line}
          </span>
          <span className="code">
            {expected === "" ? null : <del>{expected}</del>} <ins>{inserted}</ins>
          </span>
        </li>
      ))}
    </ul>
    {checks.length === 0 ? null : (
      <>
        <h3 className="panel-heading">{text.lineage.byHand}</h3>
        <ul className="lineage-steps">
          {checks.map(({ file, line, why, node }) => (
            <li key={`${file} ${line} ${why}`} className="lineage-note">
              {node}, {file}:{line}: {why}
            </li>
          ))}
        </ul>
      </>
    )}
  </div>
);
