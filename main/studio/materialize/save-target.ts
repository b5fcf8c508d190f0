import { isDeepStrictEqual } from "node:util";

import type { TargetSettings } from "../../../shared/api/index.ts";
import { materializationSchema } from "../../../shared/graph/kinds/common.ts";
import type { CommandContext } from "../edit/commands/command-context.ts";
import { applyCommand } from "../edit/commands/index.ts";
import { findNode, nodeDocument } from "../edit/node-document.ts";

type Path = readonly (string | number)[];
type Config = Readonly<Record<string, unknown>>;

export interface SavedTarget {
  readonly node: string;
  /** Which of the node's targets, from 0; `null` adds one. */
  readonly index: number | null;
  /** `null` takes the target away. */
  readonly target: TargetSettings | null;
}

/** Writes one target into the node's file, key by key, so that only what differs changes. Returns its index. */
export const saveTarget = async (saved: SavedTarget, context: CommandContext): Promise<number | null> => {
  const node = findNode(context.project, saved.node);
  const isYaml = /\.ya?ml$/i.test(node.location.file);
  const config: Config = isYaml
    ? (await nodeDocument(node, context.files)).value
    : { materializations: [...node.config.materializations] };
  const shape = shapeOf(config, node.kind);
  const set = (path: Path, value: unknown): Promise<void> =>
    value === undefined
      ? applyCommand({ type: "unset", node: node.id, path: [...path] }, context)
      : applyCommand({ type: "set", node: node.id, path: [...path], value: value as TargetSettings[string] }, context);
  const { index, target } = saved;
  if (index === null || shape.targets[index] === undefined) {
    return target === null ? null : addTarget(shape, target, set);
  }
  const path = shape.single === null ? ["materializations", index] : [shape.single];
  if (target === null) {
    await set(shape.targets.length === 1 ? path.slice(0, 1) : path, undefined);
    return null;
  }
  for (const [key, value] of changedKeys(shape.targets[index] ?? {}, target)) await set([...path, key], value);
  return index;
};

interface Shape {
  readonly targets: readonly Config[];
  /** The key under which one target stands without a list. */
  readonly single: "materialization" | "materializations" | null;
}

const isRecord = (value: unknown): value is Config =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A feature group's `materialization` is its stores, which are not targets. */
const shapeOf = (config: Config, kind: string): Shape => {
  const { materializations, materialization } = config;
  if (Array.isArray(materializations)) return { targets: materializations.filter(isRecord), single: null };
  if (isRecord(materializations)) return { targets: [materializations], single: "materializations" };
  const isTarget = isRecord(materialization) && kind !== "feature_group";
  return isTarget ? { targets: [materialization], single: "materialization" } : { targets: [], single: null };
};

type SetKey = (path: Path, value: unknown) => Promise<void>;

const addTarget = async ({ targets, single }: Shape, target: TargetSettings, set: SetKey): Promise<number> => {
  if (single !== null) {
    if (single === "materialization") await set([single], undefined);
    await set(["materializations"], [...targets, target]);
  } else if (targets.length === 0) await set(["materializations"], [target]);
  else await set(["materializations", targets.length], target);
  return targets.length;
};

/** Keys whose meaning differs; another spelling of the same value stays as the person wrote it. */
const changedKeys = (before: Config, after: TargetSettings): readonly (readonly [string, unknown])[] => {
  const [was, becomes] = [meaning(before), meaning(after)];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    isDeepStrictEqual(was[key], becomes[key]) ? [] : [[key, after[key]] as const],
  );
};

const meaning = (config: Config): Config => {
  const parsed = materializationSchema.safeParse(config);
  return parsed.success ? parsed.data : config;
};
