import type { KeyField } from "./field-model.ts";

export type GroupName = "main" | "about" | "runs" | "targets" | "checks";

/** Keys that every kind has, by what they are about; a kind's own keys are what it does. */
const groups: Readonly<Record<string, GroupName>> = {
  name: "about",
  description: "about",
  owner: "about",
  tags: "about",
  version: "about",
  enabled: "runs",
  pinned: "runs",
  retry: "runs",
  timeout: "runs",
  cache: "runs",
  hooks: "runs",
  on_failure: "runs",
  resources: "runs",
  engine: "runs",
  materializations: "targets",
  materialization: "targets",
  tests: "checks",
};

const order: readonly GroupName[] = ["main", "about", "runs", "targets", "checks"];

/** A kind's keys in groups; inputs come first, being what everything else is about. */
export const groupKeys = (
  keys: readonly KeyField[],
): readonly { readonly group: GroupName; readonly keys: readonly KeyField[] }[] => {
  const shown = keys.filter(({ name }) => name !== "kind");
  const groupOf = ({ name }: KeyField): GroupName => groups[name] ?? "main";
  const rank = ({ name }: KeyField): number =>
    name === "inputs" ? 0 : name === "params" || name === "file" || name === "function" ? 2 : 1;
  return order.flatMap((group) => {
    const own = shown.filter((key) => groupOf(key) === group).toSorted((a, b) => rank(a) - rank(b));
    return own.length === 0 ? [] : [{ group, keys: own }];
  });
};
