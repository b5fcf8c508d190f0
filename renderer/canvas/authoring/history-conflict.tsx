import { type ReactElement, useEffect, useRef } from "react";
import { useStore } from "zustand";

import { host } from "../../api.ts";
import { text } from "../../text/text.ts";
import { Button } from "../../ui/button.tsx";
import { showMessage } from "../../ui/messages.tsx";
import { historyConflict } from "./history-conflict-store.ts";

const words = text.history;

/** Both sides of a conflict: the file as it is, and what undo or redo would put there. Nothing is overwritten. */
export const HistoryConflict = (): ReactElement | null => {
  const { conflict } = useStore(historyConflict);
  return conflict === null ? null : <OpenConflict {...conflict} />;
};

type OpenProps = NonNullable<ReturnType<typeof historyConflict.getState>["conflict"]>;

const OpenConflict = ({ step, places }: OpenProps): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => historyConflict.setState({ conflict: null });
  const skip = async (): Promise<void> => {
    close();
    try {
      await host().call(`edit.${step}`, { skip: true });
    } catch (error) {
      showMessage(error);
    }
  };
  return (
    <dialog className="conflict" ref={dialog} aria-labelledby="conflict-title" onClose={close}>
      <h2 id="conflict-title" className="conflict-title">
        {words.conflict}
      </h2>
      <div className="conflict-places">
        {places.map(({ file, now, wanted }) => (
          <section key={file}>
            <p>{words.conflictWhy(file)}</p>
            <div className="conflict-sides">
              <Side title={words.conflictNow} content={now} otherwise={words.conflictGone} />
              <Side title={words.conflictWanted} content={wanted} otherwise={words.conflictRemoves} />
            </div>
          </section>
        ))}
      </div>
      <div className="conflict-actions">
        <Button onClick={() => void skip()}>{words.keep}</Button>
        <Button look="primary" onClick={close}>
          {words.leave}
        </Button>
      </div>
    </dialog>
  );
};

interface SideProps {
  readonly title: string;
  readonly content: string | null;
  readonly otherwise: string;
}

const Side = ({ title, content, otherwise }: SideProps): ReactElement => (
  <div className="conflict-side">
    <h3 className="panel-heading">{title}</h3>
    {content === null ? (
      <p className="panel-hint">{otherwise}</p>
    ) : (
      <pre className="code conflict-text" tabIndex={0} aria-label={title}>
        {content}
      </pre>
    )}
  </div>
);
