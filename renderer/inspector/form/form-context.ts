import { type ComponentType, createContext, useContext } from "react";

import type { Field } from "./field-model.ts";
import type { Path } from "./field-value.ts";
import type { FieldError } from "./form-desk.ts";

/** A value to edit, and where it stands. */
export interface GroupProps {
  readonly field: Field;
  readonly path: Path;
  /** Its key, or its place in a list. */
  readonly label: string;
  readonly value: unknown;
}

export interface FieldProps extends GroupProps {
  readonly isRequired?: boolean | undefined;
  /** Takes it out; left out where its list or map does so. */
  readonly onRemove?: (() => void) | undefined;
}

/** What every field of a form needs. */
export interface FormContext {
  readonly edit: (path: Path, value: unknown, now?: boolean) => void;
  readonly flush: () => void;
  readonly errors: readonly FieldError[];
  /** Values to choose from by what a key names. */
  readonly choices: Readonly<Record<"node" | "column" | "connection", readonly string[]>>;
  /** Begins the ids of its elements. */
  readonly name: string;
  readonly isReadOnly: boolean;
  /** Draws a field with its label: fields hold fields. */
  readonly View: ComponentType<FieldProps>;
  /** Draws what is inside a group. */
  readonly Inner: ComponentType<GroupProps>;
}

const none: FormContext = {
  edit: () => undefined,
  flush: () => undefined,
  errors: [],
  choices: { node: [], column: [], connection: [] },
  name: "form",
  isReadOnly: true,
  View: () => null,
  Inner: () => null,
};

export const formContext = createContext<FormContext>(none);
export const useForm = (): FormContext => useContext(formContext);

const pathText = (path: Path): string => path.join("/");

/** What is wrong at a path itself. */
export const errorAt = ({ errors }: FormContext, path: Path): FieldError | null => {
  const text = pathText(path);
  return errors.find((error) => pathText(error.path) === text) ?? null;
};

/** The id of the element that edits a path. */
export const idOf = ({ name }: FormContext, path: Path): string =>
  `${name}-${path.map((part) => String(part).replaceAll(/[^\w-]/g, "_")).join("-")}`;
