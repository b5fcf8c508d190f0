import { type KeyboardEvent, type ReactElement, useState } from "react";

import { text } from "../../text/text.ts";
import { Button } from "../../ui/button.tsx";
import { emptyValue, isRecord } from "./field-value.ts";
import { type GroupProps, idOf, useForm } from "./form-context.ts";

/** Entries by names that the person gives. */
export const MapField = ({ field, path, label, value }: GroupProps): ReactElement | null => {
  const form = useForm();
  const { View } = form;
  const [name, setName] = useState("");
  if (field.type !== "map") return null;
  const own = isRecord(value) ? value : {};
  const isTaken = name in own;
  const id = idOf(form, path);
  const add = (): void => {
    if (name.trim() === "" || isTaken) return;
    form.edit([...path, name.trim()], emptyValue(field.value));
    setName("");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") add();
  };
  return (
    <div className="form-list">
      {Object.keys(own).map((key) => (
        <View
          key={key}
          field={field.value}
          path={[...path, key]}
          label={key}
          value={own[key]}
          onRemove={() => form.edit([...path, key], undefined, true)}
        />
      ))}
      {form.isReadOnly ? null : (
        <div className="form-entry">
          <input
            className="field"
            id={`${id}-name`}
            aria-label={text.form.entryName(label)}
            placeholder={text.form.entryHint}
            value={name}
            aria-invalid={isTaken}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Button icon="plus" onClick={add} disabled={name.trim() === "" || isTaken}>
            {text.form.addKey}
          </Button>
          {isTaken ? (
            <p className="form-error" role="alert">
              {text.form.nameTaken}
            </p>
          ) : null}
        </div>
      )}
    </div>
  );
};
