// Feature groups: their tables, and joining them to rows as they were at a point in time.
export { withRepeats } from "./find-repeats.ts";
export { readGroup, type FeatureGroup, type OnDemandFeature } from "./group.ts";
export { featureNames, groupSql, type GroupRows } from "./group-sql.ts";
export { pointInTimeSql } from "./point-in-time-sql.ts";
export { resolveTrainingSet } from "./training-set-columns.ts";
export { readTrainingSet, type TrainingSet, trainingSetOf } from "./training-set.ts";
