import type { ReactElement } from "react";

import { text } from "../../text/text.ts";
import type { Field } from "./field-model.ts";
import { branchOf, emptyValue } from "./field-value.ts";
import { type GroupProps, idOf, useForm } from "./form-context.ts";

/** A value of one of several forms: which one, then its own fields. */
export const UnionField = ({ field, path, label, value }: GroupProps): ReactElement | null => {
  const form = useForm();
  const { Inner } = form;
  if (field.type !== "union") return null;
  const at = branchOf(field.options, value);
  const branch = field.options[at];
  const id = `${idOf(form, path)}-form`;
  return (
    <div className="form-union">
      <select
        className="field"
        id={id}
        aria-label={text.form.form(label)}
        disabled={form.isReadOnly}
        value={at}
        onChange={({ target }) => {
          const chosen = field.options[Number(target.value)];
          if (chosen !== undefined) form.edit(path, emptyValue(chosen));
        }}
      >
        {field.options.map((option, place) => (
          // The forms are those of the schema, always in the same order.
          // eslint-disable-next-line react/no-array-index-key
          <option key={place} value={place}>
            {formName(option)}
          </option>
        ))}
      </select>
      {branch === undefined ? null : <Inner field={branch} path={path} label={label} value={value} />}
    </div>
  );
};

/** A form in words: what it is, or by the keys that only it has. */
const formName = (option: Field): string => {
  const { shapes } = text.form;
  switch (option.type) {
    case "choice":
      return option.options.join(", ");
    case "list":
      return shapes.list;
    case "object":
      return option.keys.length <= 3 ? option.keys.map(({ name }) => name).join(", ") : shapes.mapping;
    case "map":
      return shapes.mapping;
    case "tuple":
      return shapes.pair;
    case "number":
      return shapes.number;
    case "boolean":
      return shapes.boolean;
    case "any":
      return shapes.anything;
    default:
      return shapes.text;
  }
};
