import { quoted } from "../duckdb/sql/identifiers.ts";
import { momentOf } from "./dtype.ts";
import { scalarSql } from "./group-sql.ts";
import type { AddedColumn, ResolvedJoin, ResolvedTrainingSet } from "./training-set-columns.ts";

/** What stands after FROM for an input, by its place. */
type TableOf = (input: number) => string;

const inputTable: TableOf = (input) => `input_${input}`;

/** Names inside the query, so that no column of a person's can be mistaken for one of ours. */
const own = (name: string): string => quoted(`headrace ${name}`);

/**
 * The SELECT of a training set: every row of the spine in its order, each group's values as they were at its time.
 *
 * A row counts from the moment it is both past and known. Of the rows that count at a moment the best is the one with
 * the newest event, then the newest created time, then the greatest payload; more rows only ever make it better. So
 * the best so far, at each moment where it changes, is a history that one ASOF join reads. Where the best is older
 * than the time to live, all others are too.
 */
export const pointInTimeSql = (set: ResolvedTrainingSet, table: TableOf = inputTable): string => {
  const histories = set.joins.map((join, at) => `${own(`history ${at}`)} as (\n${historySql(join, table)}\n)`);
  const steps = [
    `${own("spine")} as (\n${spineSql(set, table)}\n)`,
    ...histories,
    `${own("joined")} as (\n${joinSql(set)}\n)`,
  ];
  return `with ${steps.join(",\n")}\n${resultSql(set)}`;
};

const spineSql = ({ spine, spineInput, timestamp }: ResolvedTrainingSet, table: TableOf): string => {
  const columns = spine.map(({ name }, at) => `${quoted(name)} as ${own(`s${at}`)}`);
  const { name, type } = spine[timestamp]!;
  return `  select ${[
    ...columns,
    `${momentOf(quoted(name), type)} as ${own("time")}`,
    `row_number() over () as ${own("row")}`,
  ].join(", ")}\n  from ${table(spineInput)}`;
};

/** For each key, the best row so far at each moment where a row begins to count. */
const historySql = (join: ResolvedJoin, table: TableOf): string => {
  const keys = join.keys.map(({ column }, at) => ({ sql: quoted(column.name), alias: own(`k${at}`) }));
  const event = momentOf(quoted(join.eventTime.name), join.eventTime.type);
  const created = join.createdTime === null ? null : momentOf(quoted(join.createdTime.name), join.createdTime.type);
  const fields = [
    `e := ${event}`,
    // A row whose created time is missing loses every tie.
    ...(created === null ? [] : [`n := ${created} is not null`, `c := ${created}`]),
    ...join.features.map(({ column }, at) => `f${at} := ${quoted(column.name)}`),
  ];
  const row = `struct_pack(${fields.join(", ")})`;
  const from = join.usesCreated && created !== null ? `greatest(${event}, ${created})` : event;
  const known = join.usesCreated && created !== null ? [`${created} is not null`] : [];
  const where = [...keys.map(({ sql }) => `${sql} is not null`), `${event} is not null`, ...known].join(" and ");
  const groups = [...keys, from].map((_, at) => at + 1).join(", ");
  const collapsed = `    select ${[
    ...keys.map(({ sql, alias }) => `${sql} as ${alias}`),
    `${from} as ${own("from")}`,
    `max(${row}) as ${own("best")}`,
  ].join(", ")}\n    from ${table(join.input)}\n    where ${where}\n    group by ${groups}`;
  if (!join.usesCreated) return collapsed;
  const names = keys.map(({ alias }) => alias).join(", ");
  return `  select ${names}, ${own("from")}, max(${own("best")}) over (partition by ${names} order by ${own("from")}) as ${own("best")}\n  from (\n${collapsed}\n  )`;
};

const joinSql = ({ joins }: ResolvedTrainingSet): string => {
  const spine = own("spine");
  const tables = joins.map((join, at) => {
    const history = own(`history ${at}`);
    const equal = join.keys.map(
      ({ spine: place }, key) => `${spine}.${own(`s${place}`)} = ${history}.${own(`k${key}`)}`,
    );
    return `  asof left join ${history} on ${[...equal, `${spine}.${own("time")} >= ${history}.${own("from")}`].join(" and ")}`;
  });
  const bests = joins.map(({ ttl }, at) => {
    const best = `${own(`history ${at}`)}.${own("best")}`;
    if (ttl === null) return `${best} as ${own(`g${at}`)}`;
    const oldest = `${spine}.${own("time")} - to_microseconds(${Math.round(ttl * 1_000_000)})`;
    return `case when ${best}.e >= ${oldest} then ${best} end as ${own(`g${at}`)}`;
  });
  return [`  select ${[`${spine}.*`, ...bests].join(", ")}`, `  from ${spine}`, ...tables].join("\n");
};

const resultSql = (set: ResolvedTrainingSet): string => {
  const spine = set.spine.map(({ name }, at) => `${own(`s${at}`)} as ${quoted(name)}`);
  const added = set.joins.flatMap((join, at) =>
    join.added.map((column, place) => `${addedSql(join, at, column, place)} as ${quoted(column.name)}`),
  );
  return `select ${[...spine, ...added].join(",\n  ")}\nfrom ${onDemandSql(set)}\norder by ${own("row")}`;
};

const addedSql = (join: ResolvedJoin, at: number, { feature }: AddedColumn, place: number): string =>
  feature === null ? own(`o${at} ${place}`) : featureSql(join, at, feature);

const featureSql = ({ features }: ResolvedJoin, at: number, feature: number): string => {
  const value = `${own(`g${at}`)}.f${feature}`;
  const found = features[feature];
  if (found === undefined || found.default === null) return value;
  return `coalesce(${value}, cast(${scalarSql(found.default)} as ${found.column.type}))`;
};

/** Layers that compute on-demand features, where the group's features and the spine's columns go by their names. */
const onDemandSql = (set: ResolvedTrainingSet): string =>
  set.joins.reduce((from, join, at) => {
    const asked = join.added.flatMap(({ expression, type }, place) =>
      expression === null ? [] : [{ expression, type, name: own(`o${at} ${place}`) }],
    );
    if (asked.length === 0) return from;
    const taken = new Set(join.features.map(({ name }) => name.toLowerCase()));
    const named = [
      ...join.features.map(({ name }, feature) => `${featureSql(join, at, feature)} as ${quoted(name)}`),
      ...set.spine.flatMap(({ name }, place) =>
        taken.has(name.toLowerCase()) ? [] : [`${own(`s${place}`)} as ${quoted(name)}`],
      ),
    ];
    const values = asked.map(({ expression, type, name }) => {
      const value = `(${expression}\n)`;
      return `${type === null ? value : `cast(${value} as ${type})`} as ${name}`;
    });
    const kept = [
      ...set.spine.map((_, place) => own(`s${place}`)),
      ...set.joins.map((_, join_) => own(`g${join_}`)),
      own("row"),
      ...set.joins
        .slice(0, at)
        .flatMap((before, join_) =>
          before.added.flatMap(({ expression }, place) => (expression === null ? [] : [own(`o${join_} ${place}`)])),
        ),
    ];
    return `(\n  select ${[...kept, ...values].join(", ")}\n  from (select *, ${named.join(", ")} from ${from})\n)`;
  }, own("joined"));
