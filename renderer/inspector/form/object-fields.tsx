import type { ReactElement } from "react";

import { text } from "../../text/text.ts";
import { Button } from "../../ui/button.tsx";
import type { KeyField } from "./field-model.ts";
import { emptyValue, isRecord, looseText, type Path } from "./field-value.ts";
import { errorAt, idOf, useForm } from "./form-context.ts";
import { isControl } from "./value-control.tsx";

interface ObjectFieldsProps {
  readonly keys: readonly KeyField[];
  readonly path: Path;
  readonly value: unknown;
}

/** Settings by their keys: what is set, then what may be; a group that is not there has a button that begins it. */
export const ObjectFields = ({ keys, path, value }: ObjectFieldsProps): ReactElement => {
  const form = useForm();
  const { View } = form;
  const own = isRecord(value) ? value : {};
  const isOpen = ({ name, field, isRequired }: KeyField): boolean =>
    isControl(field) || isRequired || own[name] !== undefined || errorAt(form, [...path, name]) !== null;
  const closed = keys.filter((key) => !isOpen(key));
  const unknown = Object.keys(own).filter((key) => !keys.some(({ name }) => name === key));
  return (
    <div className={isSmall(keys) ? "form-keys form-row" : "form-keys"}>
      {keys.filter(isOpen).map(({ name, field, isRequired }) => (
        <View key={name} field={field} path={[...path, name]} label={name} value={own[name]} isRequired={isRequired} />
      ))}
      {unknown.map((name) => (
        <Unknown key={name} name={name} path={[...path, name]} value={own[name]} />
      ))}
      {closed.length === 0 || form.isReadOnly ? null : (
        <div className="form-more">
          {closed.map(({ name, field }) => (
            <Button
              key={name}
              look="quiet"
              icon="plus"
              id={`${idOf(form, [...path, name])}-add`}
              title={field.help ?? text.form.open(name)}
              onClick={() => form.edit([...path, name], emptyValue(field))}
            >
              {name}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
};

const mostInRow = 3;

/** A name with a type, a key with a value: few single values stand side by side. */
const isSmall = (keys: readonly KeyField[]): boolean =>
  keys.length <= mostInRow && keys.every(({ field }) => isControl(field) && field.help === null);

/** A key that the schema does not know is shown as it is, and can go. */
const Unknown = ({
  name,
  path,
  value,
}: {
  readonly name: string;
  readonly path: Path;
  readonly value: unknown;
}): ReactElement => {
  const form = useForm();
  const error = errorAt(form, path);
  return (
    <div className="form-field">
      <div className="form-label">
        <span className="code">{name}</span>
      </div>
      <pre className="code form-raw">{looseText(value)}</pre>
      <p className="form-error">{error === null ? text.form.notKnown : `${error.message}. ${error.next}`}</p>
      {form.isReadOnly ? null : (
        <Button onClick={() => form.edit(path, undefined, true)}>{text.form.clear(name)}</Button>
      )}
    </div>
  );
};
