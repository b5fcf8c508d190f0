import { HeadraceError } from "../../../../shared/errors/index.ts";
import { projectError } from "../problems.ts";
import type { Problem } from "../project.ts";
import type { ImportedFunction } from "../read-context.ts";
import type { DecoratedFunction, DecoratorCall } from "./decorated.ts";
import { locationIn, type PythonFile } from "./python-file.ts";

/** What importing the file told, or why it failed; `null` when it was not needed or cannot be done here. */
export type Imported = readonly ImportedFunction[] | HeadraceError | null;

/** The first decorator whose arguments only running the file tells. */
export const computedCall = ({ decorators }: DecoratedFunction): DecoratorCall | null =>
  decorators.find(({ computed }) => computed !== null) ?? null;

/** Decorators where they cannot make a node. */
export const misuse = (
  file: PythonFile,
  decorated: DecoratedFunction,
  kindCalls: readonly DecoratorCall[],
): Problem | null => {
  const [first, second] = kindCalls;
  const named = { function: decorated.function, file: file.file };
  const decorator = (first ?? decorated.decorators[0])?.name ?? "";
  if (decorated.inside !== null) {
    const location = locationIn(file, decorated.offset);
    return projectError("python_not_top_level", { location, params: { ...named, decorator, what: decorated.inside } });
  }
  if (first === undefined) {
    return projectError("python_without_kind", { location: locationIn(file, decorated.offset), params: named });
  }
  if (second !== undefined) {
    const params = { ...named, first: first.name, second: second.name };
    return projectError("python_two_kinds", { location: locationIn(file, second.offset), params });
  }
  for (const { name, wrong } of decorated.decorators) {
    if (wrong === null) continue;
    const params = { decorator: name, found: wrong.text };
    return projectError("python_argument", { location: locationIn(file, wrong.offset), params });
  }
  return null;
};

/** Why a computed argument stays unknown. */
export const computedArgument = (file: PythonFile, decorated: DecoratedFunction, imported: Imported): Problem | null => {
  const call = computedCall(decorated);
  if (call === null || call.computed === null || Array.isArray(imported)) return null;
  const location = locationIn(file, call.computed.offset);
  if (imported instanceof HeadraceError) {
    const { code, params, next } = imported;
    return projectError(code, { location: imported.location ?? location, params, next });
  }
  const params = { decorator: call.name, argument: call.computed.text };
  return projectError("python_computed", { location, params });
};
