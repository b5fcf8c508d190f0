import type { ReactElement } from "react";

import { text } from "../../text/text.ts";
import { Button } from "../../ui/button.tsx";
import { emptyValue } from "./field-value.ts";
import { type GroupProps, idOf, useForm } from "./form-context.ts";

/** Entries in their order, each with a way out, and a button for one more. */
export const ListField = ({ field, path, label, value }: GroupProps): ReactElement | null => {
  const form = useForm();
  const { View } = form;
  if (field.type !== "list") return null;
  const list = entriesOf(value);
  const replace = (next: readonly unknown[], now: boolean): void =>
    form.edit(path, next.length === 0 ? undefined : next, now);
  return (
    <div className="form-list">
      {list.map((item, at) => (
        <View
          // Entries have no name of their own; their place is what the file knows them by.
          // eslint-disable-next-line react/no-array-index-key
          key={at}
          field={field.item}
          path={[...path, at]}
          label={text.form.item(label, at)}
          value={item}
          onRemove={() =>
            replace(
              list.filter((_, other) => other !== at),
              true,
            )
          }
        />
      ))}
      {form.isReadOnly ? null : (
        <Button
          look="quiet"
          icon="plus"
          id={`${idOf(form, path)}-add`}
          onClick={() => form.edit(path, [...list, emptyValue(field.item)])}
        >
          {text.form.add(label)}
        </Button>
      )}
    </div>
  );
};

const entriesOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};
