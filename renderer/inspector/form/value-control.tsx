import { type KeyboardEvent, type ReactElement, useState } from "react";

import { text } from "../../text/text.ts";
import type { Field } from "./field-model.ts";
import { isRecord, looseText, looseValue, type Path } from "./field-value.ts";
import { errorAt, type GroupProps, idOf, useForm } from "./form-context.ts";
import { isRoomy, pickOf } from "./picks.ts";

/** Whether a field is one control rather than a group of them. */
export const isControl = ({ type }: Field): boolean =>
  type !== "list" && type !== "map" && type !== "object" && type !== "union";

/** What edits a single value. */
export const ValueControl = (props: GroupProps): ReactElement => {
  switch (props.field.type) {
    case "boolean":
      return <Switch {...props} />;
    case "choice":
      return <Choice {...props} />;
    case "tuple":
      return <Pair {...props} />;
    default:
      return <Text {...props} />;
  }
};

const useProps = ({ field, path, value }: GroupProps) => {
  const form = useForm();
  const id = idOf(form, path);
  const error = errorAt(form, path);
  const described = [field.help === null ? "" : `${id}-help`, error === null ? "" : `${id}-error`].filter(Boolean);
  return {
    form,
    shared: {
      id,
      disabled: form.isReadOnly,
      "aria-invalid": error !== null,
      ...(described.length === 0 ? {} : { "aria-describedby": described.join(" ") }),
    },
    isSet: value !== undefined,
  };
};

const Switch = (props: GroupProps): ReactElement => {
  const { form, shared, isSet } = useProps(props);
  const shown = isSet ? props.value === true : props.field.byDefault === true;
  return (
    <span className="form-switch">
      <input
        type="checkbox"
        {...shared}
        checked={shown}
        onChange={(event) => form.edit(props.path, event.target.checked, true)}
      />
      <span aria-hidden="true">{shown ? text.form.yes : text.form.no}</span>
    </span>
  );
};

const Choice = (props: GroupProps): ReactElement => {
  const { form, shared, isSet } = useProps(props);
  const { field, path, value } = props;
  const options = field.type === "choice" ? field.options : [];
  const unset = field.byDefault === undefined ? text.form.notSet : text.form.byDefault(looseText(field.byDefault));
  const isKnown = !isSet || options.includes(String(value));
  return (
    <select
      className="field"
      {...shared}
      value={isSet ? String(value) : ""}
      onChange={({ target }) => form.edit(path, target.value === "" ? undefined : target.value, true)}
    >
      <option value="">{unset}</option>
      {isKnown ? null : <option value={String(value)}>{String(value)}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
};

const Pair = (props: GroupProps): ReactElement => {
  const { form, shared } = useProps(props);
  const { field, path, value, label } = props;
  const items = field.type === "tuple" ? field.items : [];
  const { id, ...rest } = shared;
  return (
    <span className="form-pair">
      {items.map((item, at) => (
        <input
          key={`${path.join()}-${at}`}
          className="field"
          type="number"
          {...rest}
          id={at === 0 ? id : `${id}-${at}`}
          aria-label={text.form.item(label, at)}
          value={Array.isArray(value) ? String(value[at] ?? "") : ""}
          onChange={({ target }) => {
            const list: unknown[] = items.map((_, place) => (Array.isArray(value) ? (value[place] as unknown) : 0));
            list[at] = item.type === "number" && target.value !== "" ? Number(target.value) : target.value;
            form.edit(path, list);
          }}
          onBlur={form.flush}
        />
      ))}
    </span>
  );
};

/** What stands in the control for a value. */
const shownText = (field: Field, value: unknown): string => {
  if (value === undefined) return "";
  if (field.type === "reference" && isRecord(value)) return typeof value["ref"] === "string" ? value["ref"] : "";
  if (field.type === "any") return looseText(value);
  return typeof value === "string" ? value : value === null ? "" : looseText(value);
};

/** The value for what stands in the control. */
const typedValue = (field: Field, before: unknown, written: string): unknown => {
  const isNumber = /^-?(?:\d+\.?\d*|\.\d+)$/.test(written.trim());
  switch (field.type) {
    case "number":
      return isNumber ? Number(written) : written;
    case "measure":
      return isNumber ? Number(written) : written;
    case "reference":
      return isRecord(before) ? { ...before, ref: written } : written;
    case "any":
      return looseValue(written);
    default:
      return written;
  }
};

const Text = (props: GroupProps): ReactElement => {
  const { form, shared } = useProps(props);
  const { field, path, value } = props;
  // While somebody types, what stands there is theirs: `1.` is not yet `1`.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? shownText(field, value);
  const change = (written: string): void => {
    setTyped(written);
    form.edit(path, written === "" && !isItem(path) ? undefined : typedValue(field, value, written));
  };
  const leave = (): void => {
    setTyped(null);
    form.flush();
  };
  const placeholder = field.byDefault === undefined ? "" : text.form.byDefault(looseText(field.byDefault));
  const common = { className: "field", ...shared, value: shown, placeholder, spellCheck: false, onBlur: leave };
  if (isRoomy(path) || shown.includes("\n")) {
    const rows = Math.min(12, Math.max(2, shown.split("\n").length));
    return <textarea {...common} rows={rows} onChange={(event) => change(event.target.value)} />;
  }
  const pick = pickOf(path);
  const choices = pick === null ? [] : form.choices[pick];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") form.flush();
  };
  return (
    <>
      <input
        type="text"
        {...common}
        {...(choices.length === 0 ? {} : { list: `${shared.id}-choices` })}
        inputMode={field.type === "number" ? "decimal" : "text"}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 ? null : (
        <datalist id={`${shared.id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </>
  );
};

/** An entry of a list is emptied, not taken out, while somebody types. */
const isItem = (path: Path): boolean => typeof path.at(-1) === "number";
