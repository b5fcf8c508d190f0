import { ProjectError } from "../../../shared/errors/index.ts";
import type { Column } from "../../../shared/graph/index.ts";
import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import { momentOf } from "../features/dtype.ts";
import { type FeatureGroup, featureNames } from "../features/index.ts";

/**
 * The SELECT of every key's features as they were at a moment: newest event, then newest created, within the time to
 * live, and not known later. Throws for a group without event time.
 */
export const featuresAsOfSql = (group: FeatureGroup, columns: readonly Column[], at: string): string => {
  const { eventTime } = group;
  if (eventTime === null)
    throw new ProjectError("feature_time_missing", { node: group.id, params: { group: group.id } });
  const time = (name: string): string =>
    momentOf(quoted(name), columns.find((column) => column.name === name)?.type ?? "TIMESTAMP");
  const moment = `timestamp ${literal(at)}`;
  const event = time(eventTime);
  const conditions = [
    ...group.joinKeys.map((key) => `${quoted(key)} is not null`),
    `${event} <= ${moment}`,
    ...(group.ttl === null ? [] : [`${event} >= ${moment} - to_seconds(${group.ttl})`]),
    ...(group.createdTime === null || !group.asKnown ? [] : [`${time(group.createdTime)} <= ${moment}`]),
  ];
  const keys = group.joinKeys.map(quoted).join(", ");
  const order = [
    `${event} desc`,
    ...(group.createdTime === null ? [] : [`${time(group.createdTime)} desc nulls last`]),
    ...featureNames(group, columns).map((name) => `${quoted(name)} desc nulls first`),
  ];
  return `select * from ref(${literal(group.id)})
where ${conditions.join("\n  and ")}
qualify row_number() over (partition by ${keys} order by ${order.join(", ")}) = 1
order by ${keys}`;
};
