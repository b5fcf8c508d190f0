import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { materializeText } from "../text/materialize-text.ts";
import { Button } from "../ui/button.tsx";
import { productionQuestion, type ProductionQuestion as Question } from "./ask-production.ts";
import "./materialize.css";

const words = materializeText.question;

/** Asks for a production table's name before its rows are replaced. */
export const ProductionQuestion = (): ReactElement | null => {
  const { asked } = useStore(productionQuestion);
  return asked === null ? null : <Dialog {...asked} />;
};

const Dialog = ({ tables, answer }: Question): ReactElement => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const wanted = tables.join(", ");
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() === wanted) answer(true);
  };
  return (
    <dialog
      ref={dialog}
      className="question"
      aria-labelledby="question-title"
      onCancel={(event) => {
        event.preventDefault();
        answer(false);
      }}
    >
      <form onSubmit={submit}>
        <h2 id="question-title" className="question-title">
          {words.title}
        </h2>
        <p>{words.what(wanted)}</p>
        <label className="labelled">
          <span>{words.type(wanted)}</span>
          <input
            className="field code"
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <div className="question-actions">
          <Button onClick={() => answer(false)}>{words.cancel}</Button>
          <button type="submit" className="button button-danger" disabled={typed.trim() !== wanted}>
            {words.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
};
