import { type ErrorCode, type ErrorParams, ExecutorValidationError } from "../../../shared/errors/index.ts";
import { isKind, type PipelineNode, suggestion } from "../../../shared/graph/index.ts";
import type { Project } from "../project/project.ts";
import { type FeatureGroup, readGroup } from "./group.ts";

/** One feature group as a training set joins it; twice when two roles of the spine look at it. */
export interface GroupJoin {
  readonly group: FeatureGroup & { readonly eventTime: string };
  readonly role: string | null;
  /** The spine's column for each join key, in the group's order. */
  readonly keys: readonly string[];
  /** Names of features and on-demand features in the order of the training set; `null` takes all. */
  readonly take: readonly string[] | null;
}

/** What a training set is made of, from the files alone. JSON-safe: a plan holds it. */
export interface TrainingSet {
  readonly node: string;
  readonly spine: string;
  readonly timestamp: string;
  readonly asKnown: boolean;
  readonly fullNames: boolean;
  readonly joins: readonly GroupJoin[];
}

type SetNode = PipelineNode<"transform">;

/** What `point_in_time` may say. */
export type PointInTime = NonNullable<SetNode["config"]["point_in_time"]>;

/** Who asks for a training set: a node, or a person at the command line. */
type Asking = Pick<SetNode, "id"> & Partial<Pick<SetNode, "location">>;

const fail = (node: Asking, code: ErrorCode, params: ErrorParams): ExecutorValidationError =>
  new ExecutorValidationError(code, { node: node.id, location: node.location, params: { node: node.id, ...params } });

/** Reads what `point_in_time` says; `null` where the node has none. */
export const readTrainingSet = (node: SetNode, project: Project): TrainingSet | null => {
  const settings = node.config.point_in_time;
  if (settings === undefined) return null;
  if (node.body !== null) throw fail(node, "training_set_with_sql", {});
  return trainingSetOf(node, settings, project);
};

/** Reads settings against the project's feature groups. Throws for what is not there. */
export const trainingSetOf = (asking: Asking, settings: PointInTime, project: Project): TrainingSet => {
  const wanted = wantedGroups(asking, settings, project);
  const joins = [...wanted].flatMap(([group, take]) => joinsOf(settings, group, take));
  checkRoles(asking, settings, [...wanted.keys()]);
  return {
    node: asking.id,
    spine: settings.spine,
    timestamp: settings.timestamp,
    asKnown: settings.as_known,
    fullNames: settings.full_names,
    joins,
  };
};

type Timed = GroupJoin["group"];

/** The groups in the order of their first mention, with what is taken of each. */
const wantedGroups = (
  node: Asking,
  settings: PointInTime,
  project: Project,
): ReadonlyMap<Timed, readonly string[] | null> => {
  const groups = new Map<string, Timed>();
  const takes = new Map<Timed, readonly string[] | null>();
  for (const feature of settings.features) {
    const [kind = "", name = "", ...rest] = feature.split(".");
    const id = `${kind}.${name}`;
    const group = groups.get(id) ?? timedGroup(node, project, id, feature);
    groups.set(id, group);
    const column = rest.length === 0 ? null : rest.join(".");
    if (column !== null) checkFeature(node, group, column, feature);
    const before = takes.get(group);
    takes.set(group, column === null || before === null ? null : [...new Set([...(before ?? []), column])]);
  }
  return takes;
};

const timedGroup = (node: Asking, project: Project, id: string, feature: string): Timed => {
  const found = project.nodes.get(id);
  if (found === undefined || !isKind(found, "feature_group")) {
    const groups = [...project.nodes.values()].filter(({ kind }) => kind === "feature_group");
    const hint = suggestion(
      id,
      groups.map((group) => group.id),
    );
    throw fail(node, "training_set_not_a_group", { feature, suggestion: hint });
  }
  const group = readGroup(found);
  if (group.eventTime === null) throw fail(node, "training_set_event_time_missing", { group: id });
  return { ...group, eventTime: group.eventTime };
};

/** Features that the file does not declare are looked for in the table, when it is there. */
const checkFeature = (node: Asking, group: FeatureGroup, column: string, feature: string): void => {
  if (group.features.length === 0) return;
  const names = [...group.features, ...group.onDemand].map(({ name }) => name);
  if (names.includes(column)) return;
  const hint = suggestion(column, names);
  throw fail(node, "training_set_feature_unknown", { feature, group: group.id, column, suggestion: hint });
};

/** A role that has a column for each join key joins the group; without one the names are the same on both sides. */
const joinsOf = (settings: PointInTime, group: Timed, take: readonly string[] | null): readonly GroupJoin[] => {
  const roles = Object.entries(settings.roles ?? {}).filter(([, columns]) => covers(columns, group));
  if (roles.length === 0) return [{ group, role: null, keys: group.joinKeys, take }];
  return roles.map(([role, columns]) => ({
    group,
    role,
    keys: group.joinKeys.map((key) => columns[key] ?? key),
    take,
  }));
};

const covers = (columns: Readonly<Record<string, string>>, { joinKeys }: FeatureGroup): boolean =>
  joinKeys.every((key) => Object.hasOwn(columns, key));

const checkRoles = (node: Asking, settings: PointInTime, groups: readonly FeatureGroup[]): void => {
  for (const [role, columns] of Object.entries(settings.roles ?? {})) {
    if (groups.some((group) => covers(columns, group))) continue;
    const known = groups.map(({ id, joinKeys }) => `${joinKeys.join(" and ")} (${id})`);
    throw fail(node, "training_set_role_unused", { role, keys: Object.keys(columns), known });
  }
};
