import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";

import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { text } from "../text/text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

interface FolderChooserProps {
  /** `create` asks for a name below the chosen folder. */
  readonly mode: "open" | "create";
  readonly home: string;
  readonly onChoose: (folder: string) => void;
  readonly onClose: () => void;
}

/** Walks the folders of this machine: a browser's window cannot ask the system for one. */
export const FolderChooser = ({ mode, home, onChoose, onClose }: FolderChooserProps): ReactElement => {
  const [folder, setFolder] = useState(home);
  const [typed, setTyped] = useState(home);
  const [name, setName] = useState("my-pipeline");
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    first.current?.focus();
    first.current?.select();
  }, []);
  const listed = useAsync(folder, (signal) => host().call("folders.list", { folder }, signal));
  const go = (next: string): void => {
    setFolder(next);
    setTyped(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed !== folder) go(typed);
    else onChoose(mode === "open" ? folder : `${folder}/${name}`);
  };
  const view = listed.status === "failed" ? null : listed.value;
  return (
    <form className="folder-chooser" aria-label={text.start[mode]} onSubmit={submit}>
      <div className="folder-chooser-row">
        <IconButton
          icon="chevron"
          className="folder-chooser-up"
          label={text.start.up}
          disabled={view === null || view.parent === null}
          onClick={() => view !== null && view.parent !== null && go(view.parent)}
        />
        <input
          ref={mode === "open" ? first : undefined}
          className="field code"
          aria-label={text.start.folder}
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
        <IconButton icon="close" label={text.actions.close} onClick={onClose} />
      </div>
      {listed.status === "failed" ? (
        <p role="alert" className="folder-chooser-problem">
          {listed.error.message}. {listed.error.next}
        </p>
      ) : null}
      <ul className="folder-chooser-list" aria-label={text.start.folders}>
        {view?.folders.map((entry) => (
          <li key={entry.name}>
            <button
              type="button"
              className="outline-row"
              onClick={() => go(`${view.folder === "/" ? "" : view.folder}/${entry.name}`)}
            >
              <Icon name={entry.isProject ? "transform" : "project"} size={14} />
              <span className="outline-name">{entry.name}</span>
              {entry.isProject ? <span className="badge">{text.start.isProject}</span> : null}
            </button>
          </li>
        ))}
        {view?.folders.length === 0 ? <li className="panel-hint padded">{text.start.noFolders}</li> : null}
      </ul>
      <div className="folder-chooser-row">
        {mode === "create" ? (
          <label className="folder-chooser-name">
            <span>{text.start.name}</span>
            <input
              ref={first}
              className="field"
              value={name}
              required
              onChange={(event) => setName(event.target.value)}
            />
          </label>
        ) : (
          <span className="panel-space" />
        )}
        <Button look="quiet" onClick={() => go(home)}>
          {text.start.home}
        </Button>
        <button type="submit" className="button button-primary" disabled={mode === "open" && view?.isProject !== true}>
          {mode === "open" ? text.start.openThis : text.start.createThis}
        </button>
      </div>
      {mode === "open" && view?.isProject === false ? <p className="panel-hint">{text.start.notAProject}</p> : null}
    </form>
  );
};
