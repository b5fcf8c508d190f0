import type { ReactElement } from "react";

import { text } from "../../text/text.ts";
import { IconButton } from "../../ui/button.tsx";
import { type Path } from "./field-value.ts";
import { errorAt, type FieldProps, type GroupProps, idOf, useForm } from "./form-context.ts";
import { ListField } from "./list-field.tsx";
import { MapField } from "./map-field.tsx";
import { ObjectFields } from "./object-fields.tsx";
import { isControl, ValueControl } from "./value-control.tsx";
import { UnionField } from "./union-field.tsx";

/** One setting: its label, what edits it, what it means, and what is wrong with it. */
export const FieldView = (props: FieldProps): ReactElement =>
  isControl(props.field) ? <SimpleField {...props} /> : <GroupField {...props} />;

const SimpleField = ({ field, path, label, value, isRequired = false, onRemove }: FieldProps): ReactElement => {
  const form = useForm();
  const id = idOf(form, path);
  const error = errorAt(form, path);
  return (
    <div className="form-field">
      <div className="form-label">
        <label htmlFor={id} className="code">
          {label}
        </label>
        {isRequired ? <span className="form-mark">{text.form.required}</span> : null}
        <Clear label={label} path={path} isSet={value !== undefined && !isRequired} onRemove={onRemove} />
      </div>
      <ValueControl field={field} path={path} label={label} value={value} />
      <Words id={id} help={field.help} error={error} />
    </div>
  );
};

const GroupField = ({ field, path, label, value, isRequired = false, onRemove }: FieldProps): ReactElement => {
  const form = useForm();
  const id = idOf(form, path);
  return (
    <fieldset className="form-group" aria-describedby={`${id}-help`}>
      <legend className="form-label">
        <span className="code">{label}</span>
        {isRequired ? <span className="form-mark">{text.form.required}</span> : null}
        <Clear label={label} path={path} isSet={value !== undefined && !isRequired} onRemove={onRemove} />
      </legend>
      <Words id={id} help={field.help} error={errorAt(form, path)} />
      <FieldInner field={field} path={path} label={label} value={value} />
    </fieldset>
  );
};

/** What stands inside a group, or the control of a single value. */
export const FieldInner = ({ field, path, label, value }: GroupProps): ReactElement | null => {
  switch (field.type) {
    case "list":
      return <ListField field={field} path={path} label={label} value={value} />;
    case "map":
      return <MapField field={field} path={path} label={label} value={value} />;
    case "object":
      return <ObjectFields keys={field.keys} path={path} value={value} />;
    case "union":
      return <UnionField field={field} path={path} label={label} value={value} />;
    default:
      return <ValueControl field={field} path={path} label={label} value={value} />;
  }
};

interface ClearProps {
  readonly label: string;
  readonly path: Path;
  readonly isSet: boolean;
  readonly onRemove: (() => void) | undefined;
}

const Clear = ({ label, path, isSet, onRemove }: ClearProps): ReactElement | null => {
  const { edit, isReadOnly } = useForm();
  if (isReadOnly || (!isSet && onRemove === undefined)) return null;
  const clear = onRemove ?? (() => edit(path, undefined, true));
  return <IconButton icon="close" className="form-clear" label={text.form.clear(label)} onClick={clear} />;
};

interface WordsProps {
  readonly id: string;
  readonly help: string | null;
  readonly error: { readonly message: string; readonly next: string } | null;
}

const Words = ({ id, help, error }: WordsProps): ReactElement => (
  <>
    {help === null ? null : (
      <p className="form-help" id={`${id}-help`}>
        {help}
      </p>
    )}
    {error === null ? null : (
      <p className="form-error" id={`${id}-error`} role="alert">
        {error.message}. {error.next}
      </p>
    )}
  </>
);
