import { isKind, type PipelineNode, tablesRead } from "../../../shared/graph/index.ts";
import { type FeatureGroup, readGroup, type TrainingSet, trainingSetOf } from "../features/index.ts";
import type { Project } from "../project/project.ts";
import { wrong } from "./wrong.ts";

/** A feature group without an event time: its rows are joined as they are now. */
export interface PlainJoin {
  readonly group: FeatureGroup;
}

/** Rows of one table, with feature groups joined to them. */
export interface JoinedRows {
  readonly kind: "joined";
  /** The table whose rows are kept. */
  readonly spine: string;
  readonly timestamp: string | null;
  /** Groups that change with time. */
  readonly set: TrainingSet | null;
  readonly plain: readonly PlainJoin[];
  /** Columns of the spine that are features too; `null` takes all that are no key, time or target. */
  readonly spineFeatures: readonly string[] | null;
}

/** Rows of the one input, or of the node's own SELECT over its inputs. */
export interface SingleRows {
  readonly kind: "single";
  readonly inputs: readonly string[];
  /** Values of the project that the SELECT may bind; `null` without a SELECT. */
  readonly variables: Readonly<Record<string, unknown>> | null;
  readonly keys: readonly string[];
  /** The column that tells when each row is, where the inputs say so. */
  readonly time: string | null;
}

export type ModelRows = JoinedRows | SingleRows;

type ModelNode = PipelineNode<"model">;

const inputsOf = (node: PipelineNode): readonly string[] => tablesRead(node);

const groupAt = (project: Project, id: string): PipelineNode<"feature_group"> | null => {
  const found = project.nodes.get(id);
  return found !== undefined && isKind(found, "feature_group") ? found : null;
};

/** Where a model's rows come from. Throws for inputs that do not become one table. */
export const readRows = (node: ModelNode, project: Project): ModelRows => {
  const { labels, training } = node.config;
  const spine = labels?.ref ?? training?.label_source;
  if (spine !== undefined && node.body === null) {
    const others = inputsOf(node).filter((table) => table !== spine);
    const wanted = {
      spine,
      others,
      timestamp: labels?.timestamp ?? null,
      key: "labels.timestamp",
      roles: labels?.roles,
      fullNames: labels?.full_names ?? false,
    };
    const spineFeatures = others.length === 0 ? (labels?.features ?? null) : (labels?.features ?? []);
    return { ...joinGroups(node, project, wanted), spineFeatures };
  }
  return singleRows(node, project);
};

/** What is joined to which rows, as a file says it. */
export interface WantedJoins {
  readonly spine: string;
  readonly others: readonly string[];
  readonly timestamp: string | null;
  /** The key that would name the timestamp, for messages. */
  readonly key: string;
  readonly roles: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly fullNames: boolean;
}

/** The joins of feature groups to a spine: point in time where a group has event times. */
export const joinGroups = (
  node: Pick<PipelineNode, "id" | "location">,
  project: Project,
  wanted: WantedJoins,
): JoinedRows => {
  const { spine, timestamp } = wanted;
  const groups = wanted.others.map((id) => {
    const group = groupAt(project, id);
    if (group === null) throw wrong(node, "model_feature_not_group", { feature: id, spine });
    return readGroup(group);
  });
  const timed = groups.filter(({ eventTime }) => eventTime !== null);
  const plain = groups.filter(({ eventTime }) => eventTime === null).map((group) => ({ group }));
  if (timed.length > 0 && timestamp === null) {
    const names = timed.map(({ id }) => id);
    throw wrong(node, "model_label_time_missing", { groups: names, spine, key: wanted.key });
  }
  const settings = {
    spine,
    timestamp: timestamp ?? "",
    features: timed.map(({ id }) => id),
    roles: wanted.roles,
    as_known: true,
    full_names: wanted.fullNames,
  };
  const set = timed.length === 0 ? null : trainingSetOf(node, settings, project);
  return { kind: "joined", spine, timestamp, set, plain, spineFeatures: null };
};

const singleRows = (node: ModelNode, project: Project): SingleRows => {
  const inputs = inputsOf(node);
  if (inputs.length === 0) throw wrong(node, "model_input_missing");
  if (inputs.length > 1 && node.body === null) throw wrong(node, "model_inputs_several", { inputs });
  const groups = inputs.flatMap((id) => groupAt(project, id) ?? []).map((group) => readGroup(group));
  const times = [...groups.map(({ eventTime }) => eventTime), ...inputs.map((id) => trainingTime(project, id))];
  return {
    kind: "single",
    inputs,
    variables: variablesOf(node, project),
    keys: [
      ...new Set(groups.flatMap(({ joinKeys, createdTime }) => [...joinKeys, ...(createdTime ? [createdTime] : [])])),
    ],
    time: node.config.labels?.timestamp ?? times.find((time) => time !== null) ?? null,
  };
};

/** The time of the rows of a training set. */
const trainingTime = (project: Project, id: string): string | null => {
  const found = project.nodes.get(id);
  if (found === undefined || !isKind(found, "transform")) return null;
  return found.config.point_in_time?.timestamp ?? null;
};

const variablesOf = ({ body }: ModelNode, project: Project): SingleRows["variables"] => {
  if (body?.language !== "sql") return null;
  const { vars } = project.settings;
  return Object.fromEntries(body.parameters.filter((name) => name in vars).map((name) => [name, vars[name]]));
};
