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
 * Rows are ranked by the newest event, then the newest created time, then the greatest payload; one ASOF join on that
 * rank finds the best. Where rows count only from the moment they are known, more rows only ever make the best better:
 * the best so far, at each moment where a row begins to count, is a history that an ASOF join on time reads. Where the
 * best is older than the time to live, all others are too.
 *
 * Where no rows share keys and event time there is nothing to rank: a row counts as long as no newer event was known
 * before it, and its time alone finds it.
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

const spineSql = (set: ResolvedTrainingSet, table: TableOf): string => {
  const { spine, spineInput, timestamp } = set;
  const columns = spine.map(({ name }, at) => `${quoted(name)} as ${own(`s${at}`)}`);
  const { name, type } = spine[timestamp]!;
  return `  select ${[
    ...columns,
    ...(timeOf(set) === own("time") ? [`${momentOf(quoted(name), type)} as ${own("time")}`] : []),
    `row_number() over () as ${own("row")}`,
  ].join(", ")}\n  from ${table(spineInput)}`;
};

/** The spine's column that holds its moment: its own where that is one as it stands, which is then carried once. */
const timeOf = ({ spine, timestamp }: ResolvedTrainingSet): string =>
  spine[timestamp]?.type === "TIMESTAMP" ? own(`s${timestamp}`) : own("time");

/** A field of the struct by which rows are ranked. */
interface RankField {
  readonly name: string;
  readonly sql: string;
  readonly type: string;
}

const rankFields = (join: ResolvedJoin): readonly RankField[] => {
  const { createdTime, features } = join;
  const created = createdTime === null ? null : momentOf(quoted(createdTime.name), createdTime.type);
  return [
    { name: "e", sql: eventOf(join), type: "timestamp" },
    // The spine has 1 here, so that what follows only ranks rows of the same event time.
    { name: "z", sql: "0", type: "integer" },
    // A row whose created time is missing loses every tie.
    ...(created === null
      ? []
      : [
          { name: "n", sql: `${created} is not null`, type: "boolean" },
          { name: "c", sql: created, type: "timestamp" },
        ]),
    // Sorting and comparing order NULLs inside of structs differently: here they are the greatest, always.
    ...features.flatMap(({ column }, at) => [
      { name: `u${at}`, sql: `${quoted(column.name)} is null`, type: "boolean" },
      { name: `f${at}`, sql: quoted(column.name), type: column.type },
    ]),
  ];
};

const eventOf = ({ eventTime }: ResolvedJoin): string => momentOf(quoted(eventTime.name), eventTime.type);

const structOf = (fields: readonly RankField[]): string =>
  `struct_pack(${fields.map(({ name, sql }) => `${name} := ${sql}`).join(", ")})`;

const createdOf = ({ usesCreated, createdTime }: ResolvedJoin): string | null =>
  usesCreated && createdTime !== null ? momentOf(quoted(createdTime.name), createdTime.type) : null;

/** The column of a history of single rows that tells their event time: where they count from then on, one is enough. */
const eventColumn = (join: ResolvedJoin): string => (createdOf(join) === null ? own("from") : own("e"));

/** Rows that share no keys and event time, each from the moment at which it counts. */
const singleHistorySql = (join: ResolvedJoin, table: TableOf): string => {
  const keys = join.keys.map(({ column }) => quoted(column.name));
  const event = eventOf(join);
  const created = createdOf(join);
  const chosen = [
    ...keys.map((sql, at) => `${sql} as ${own(`k${at}`)}`),
    ...(eventColumn(join) === own("e") ? [`${event} as ${own("e")}`] : []),
    ...join.features.map(({ column }, at) => `${quoted(column.name)} as ${own(`f${at}`)}`),
  ].join(", ");
  const present = [...keys, event, ...(created === null ? [] : [created])].map((sql) => `${sql} is not null`);
  const from = created === null ? event : `greatest(${event}, ${created})`;
  const known = `  select ${chosen}, ${from} as ${own("from")} from ${table(join.input)} where ${present.join(" and ")}`;
  if (created === null) return known;
  const newest = `max(${event}) over (partition by ${keys.join(", ")} order by ${from})`;
  return `${known}\n  qualify ${event} = ${newest}`;
};

/** The rows of a group with their rank; where it matters when they became known, the best so far at each such moment. */
const historySql = (join: ResolvedJoin, table: TableOf): string => {
  if (!join.repeats) return singleHistorySql(join, table);
  const keys = join.keys.map(({ column }, at) => ({ sql: quoted(column.name), alias: own(`k${at}`) }));
  const chosen = keys.map(({ sql, alias }) => `${sql} as ${alias}`).join(", ");
  const rank = structOf(rankFields(join));
  const present = [...keys.map(({ sql }) => `${sql} is not null`), `${eventOf(join)} is not null`];
  const from = ` from ${table(join.input)} where ${present.join(" and ")}`;
  const created = createdOf(join);
  if (created === null) return `  select ${chosen}, ${rank} as ${own("best")}${from}`;
  const counts = `greatest(${eventOf(join)}, ${created})`;
  const groups = [...keys, counts].map((_, at) => at + 1).join(", ");
  const names = keys.map(({ alias }) => alias).join(", ");
  const soFar = `max(${own("best")}) over (partition by ${names} order by ${own("from")})`;
  return `  select ${names}, ${own("from")}, ${soFar} as ${own("best")}
  from (
    select ${chosen}, ${counts} as ${own("from")}, max(${rank}) as ${own("best")}
   ${from} and ${created} is not null
    group by ${groups}
  )`;
};

/** Whether any rows share keys and event time, as one cell; `join.repeats` may then be set to its answer. */
export const repeatsSql = (join: ResolvedJoin, table = "input_0"): string => {
  const keys = [...join.keys.map(({ column }) => quoted(column.name)), eventOf(join)];
  const present = keys.map((sql) => `${sql} is not null`).join(" and ");
  const counts = `select count(*) as n from ${table} where ${present} group by ${keys.join(", ")}`;
  return `select coalesce(max(n), 0) > 1 as repeats from (${counts})`;
};

const joinSql = (set: ResolvedTrainingSet): string => {
  const { joins, spine: columns } = set;
  const spine = own("spine");
  const time = `${spine}.${timeOf(set)}`;
  const kept = [...columns.map((_, at) => own(`s${at}`)), own("row")].map((name) => `${spine}.${name}`);
  const tables = joins.map((join, at) => {
    const history = own(`history ${at}`);
    const equal = join.keys.map(
      ({ spine: place }, key) => `${spine}.${own(`s${place}`)} = ${history}.${own(`k${key}`)}`,
    );
    const until =
      join.usesCreated || !join.repeats
        ? `${time} >= ${history}.${own("from")}`
        : `${latestRank(join, time)} >= ${history}.${own("best")}`;
    return `  asof left join ${history} on ${[...equal, until].join(" and ")}`;
  });
  const found = joins.flatMap((join, at) => {
    const { ttl } = join;
    const history = own(`history ${at}`);
    const best = `${history}.${own("best")}`;
    const event = join.repeats ? `${best}.e` : `${history}.${eventColumn(join)}`;
    const good = ttl === null ? "" : ` and ${event} >= ${time} - to_microseconds(${Math.round(ttl * 1_000_000)})`;
    // A rank of no time is still a rank, and would match.
    const ifGood = (sql: string, name: string): string =>
      `case when ${time} is not null${good} then ${sql} end as ${name}`;
    if (join.repeats) return [ifGood(best, own(`g${at}`))];
    return join.features.map((_, feature) => ifGood(`${history}.${own(`f${feature}`)}`, own(`g${at} f${feature}`)));
  });
  return [`  select ${[...kept, ...found].join(", ")}`, `  from ${spine}`, ...tables].join("\n");
};

/** What the join found of a group, by name: a struct where rows were ranked as one, else columns, which sort faster. */
const foundOf = (join: ResolvedJoin, at: number): readonly string[] =>
  join.repeats ? [own(`g${at}`)] : join.features.map((_, feature) => own(`g${at} f${feature}`));

/** A rank just above every row of this moment. */
const latestRank = (join: ResolvedJoin, time: string): string => {
  const known: Readonly<Record<string, string>> = { e: time, z: "1" };
  const fields = rankFields(join).map((field) => ({ ...field, sql: known[field.name] ?? `null::${field.type}` }));
  return structOf(fields);
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

const featureSql = ({ features, repeats }: ResolvedJoin, at: number, feature: number): string => {
  const value = repeats ? `${own(`g${at}`)}.f${feature}` : own(`g${at} f${feature}`);
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
      ...set.joins.flatMap(foundOf),
      own("row"),
      ...set.joins
        .slice(0, at)
        .flatMap((before, join_) =>
          before.added.flatMap(({ expression }, place) => (expression === null ? [] : [own(`o${join_} ${place}`)])),
        ),
    ];
    return `(\n  select ${[...kept, ...values].join(", ")}\n  from (select *, ${named.join(", ")} from ${from})\n)`;
  }, own("joined"));
