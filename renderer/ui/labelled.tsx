import { type ReactElement, type ReactNode, useId } from "react";

interface LabelledProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Draws the control; `id` names it, `describedBy` its hint. */
  readonly children: (ids: { readonly id: string; readonly "aria-describedby": string | undefined }) => ReactNode;
}

/** A control with its label above and a hint below. */
export const Labelled = ({ label, hint, children }: LabelledProps): ReactElement => {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": hintId })}
      {hint === undefined ? null : (
        <span className="panel-hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
};

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, words: string])[];
  readonly onChange: (value: T) => void;
  readonly hint?: string | undefined;
}

/** One of a few. */
export const Choice = <T extends string>({ label, value, options, onChange, hint }: ChoiceProps<T>): ReactElement => (
  <Labelled label={label} hint={hint}>
    {(ids) => (
      <select {...ids} className="field" value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    )}
  </Labelled>
);

interface TickProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** Yes or no. */
export const Tick = ({ label, value, onChange }: TickProps): ReactElement => (
  <label className="tick">
    <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
    <span>{label}</span>
  </label>
);
