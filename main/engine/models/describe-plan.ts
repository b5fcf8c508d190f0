import type { ModelPlan } from "./read-model.ts";

const rowsText = ({ rows }: ModelPlan): string => {
  if (rows.kind === "single") return rows.inputs.join(", ");
  const groups = [...(rows.set?.joins ?? []).map(({ group }) => group.id), ...rows.plain.map(({ group }) => group.id)];
  if (groups.length === 0) return rows.spine;
  const when = rows.timestamp === null ? "as they are now" : `as at ${rows.timestamp}`;
  return `${rows.spine} with ${[...new Set(groups)].join(", ")} ${when}`;
};

const splitText = ({ split, rows }: ModelPlan): string => {
  const time = split.column ?? (rows.kind === "joined" ? rows.timestamp : rows.time);
  const kind = split.kind ?? (time === null ? "stratified or random" : "time");
  const by = kind === "time" && time !== null ? ` by ${time}` : split.column === null ? "" : ` by ${split.column}`;
  return `${kind}${by}, ${split.at === null ? `${Math.round(split.testSize * 100)} % test` : `test from ${split.at}`}`;
};

/** What a dry run shows of a training. */
export const describePlan = (plan: ModelPlan): readonly string[] => [
  `trains ${plan.algorithm} to predict ${plan.target}, seed ${plan.seed}`,
  `rows: ${rowsText(plan)}`,
  `split: ${splitText(plan)}${plan.folds === null ? "" : `; ${plan.folds} folds of cross validation`}`,
  `environment: scikit-learn${plan.packages.map((name) => ` and ${name}`).join("")}, its own`,
  `promoted: ${plan.promoteIf ?? "always"}`,
];
