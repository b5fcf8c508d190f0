import { type ReactElement, useEffect, useRef, useState } from "react";

import { applySettings, useDocument } from "../inspector/use-document.ts";
import "../inspector/inspector.css";
import { text } from "../text/text.ts";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import { NodePanel } from "./node-panel.tsx";

/** Free text about the selected node: its `description`, kept with its definition. */
export const NotesPanel = (): ReactElement => <NodePanel>{(node) => <Notes key={node.id} id={node.id} />}</NodePanel>;

const Notes = ({ id }: { readonly id: string }): ReactElement => {
  const document = useDocument(id);
  if (document.status === "failed") return <FailedState error={document.error} />;
  if (document.value === null) return <LoadingState label={text.form.loading} />;
  const { value, file } = document.value;
  const saved = typeof value["description"] === "string" ? value["description"] : "";
  return <NoteField key={id} id={id} file={file} saved={saved} />;
};

interface NoteFieldProps {
  readonly id: string;
  readonly file: string;
  readonly saved: string;
}

/** Saved by itself, as every text is: so long after the last key, and after the first one that is not saved. */
const settle = 500;
const longest = 900;

const NoteField = ({ id, file, saved }: NoteFieldProps): ReactElement => {
  const [written, setWritten] = useState<string | null>(null);
  const firstEdit = useRef<number | null>(null);
  useEffect(() => {
    if (written === null || written === saved) {
      firstEdit.current = null;
      return undefined;
    }
    firstEdit.current ??= Date.now();
    const wait = Math.max(0, Math.min(settle, firstEdit.current + longest - Date.now()));
    const timer = setTimeout(() => {
      firstEdit.current = null;
      void saveNote(id, written);
    }, wait);
    return () => clearTimeout(timer);
  }, [id, written, saved]);
  const leave = (): void => {
    if (written !== null && written !== saved) void saveNote(id, written);
    setWritten(null);
  };
  return (
    <div className="panel-column notes">
      <label className="notes-label" htmlFor="node-notes">
        {text.notesPanel.label}
      </label>
      <textarea
        id="node-notes"
        className="field notes-text"
        value={written ?? saved}
        placeholder={text.notesPanel.placeholder}
        onChange={(event) => setWritten(event.target.value)}
        onBlur={leave}
      />
      <p className="panel-hint">{text.notesPanel.where(file)}</p>
    </div>
  );
};

const saveNote = async (id: string, note: string): Promise<void> => {
  const path = ["description"];
  const command =
    note.trim() === ""
      ? { type: "unset" as const, node: id, path }
      : { type: "set" as const, node: id, path, value: note };
  await applySettings([command], text.notesPanel.edit(id), `notes ${id}`);
};
