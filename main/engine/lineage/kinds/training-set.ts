import { isKind } from "../../../../shared/graph/index.ts";
import { undeclared } from "../../features/group-sql.ts";
import { type GroupJoin, readTrainingSet } from "../../features/training-set.ts";
import type { ConditionUse, Field } from "../sql/index.ts";
import { copyOf, type KindContext, type KindLineage } from "./kind-lineage.ts";

/** A training set: every column of its spine, and features as they were at each row's time. */
export const trainingSetLineage: KindLineage = async (node, context) => {
  const set = isKind(node, "transform") ? readTrainingSet(node, context.project) : null;
  if (set === null) throw new TypeError(`${node.id} is no training set`);
  const spine = copyOf(node.id, set.spine, context);
  const added = set.joins.map((join) => addedBy(join, set.fullNames, context));
  return {
    node: node.id,
    basis: "settings",
    tables: [{ ...spine, columns: [...spine.columns, ...added.flatMap(({ columns }) => columns)] }],
    conditions: set.joins.flatMap((join) => conditionsOf(join, set.spine, set.timestamp)),
    mentions: [],
    rows: null,
    notes: added.flatMap(({ notes }) => notes),
  };
};

const addedBy = (
  { group, role, take }: GroupJoin,
  fullNames: boolean,
  context: KindContext,
): { readonly columns: readonly Field[]; readonly notes: readonly string[] } => {
  const onDemand = new Map(group.onDemand.map(({ name }) => [name, true]));
  const known = context.columnsOf(group.id);
  const declared = group.features.map(({ name }) => name);
  const all =
    declared.length > 0
      ? declared
      : known === null
        ? null
        : undeclared(group, known.map(untyped)).map(({ name }) => name);
  const names = take ?? [...(all ?? []), ...onDemand.keys()];
  const columns = names.map((column): Field => {
    const parts = [role, fullNames ? group.id.slice(group.id.indexOf(".") + 1) : null, column];
    const name = parts.filter((part) => part !== null).join("__");
    // An expression may use any feature of its group.
    if (onDemand.has(column)) return { name, sources: [{ input: group.id, column: null, use: "computed" }], named: [] };
    const from = { input: group.id, column };
    return { name, sources: [{ ...from, use: "copied" }], named: name === column ? [from] : [] };
  });
  return { columns, notes: take === null && all === null ? [`the features of ${group.id} are not known yet`] : [] };
};

const untyped = (name: string) => ({ name, type: "" });

/** Keys and times say which value a row gets. */
const conditionsOf = ({ group, keys }: GroupJoin, spine: string, timestamp: string): readonly ConditionUse[] => {
  const use = { use: "computed", why: "join" } as const;
  const times = [group.eventTime, group.createdTime].filter((name) => name !== null);
  return [
    ...[...keys, timestamp].map((column) => ({ input: spine, column, ...use })),
    ...[...group.joinKeys, ...times].map((column) => ({ input: group.id, column, ...use })),
  ];
};
