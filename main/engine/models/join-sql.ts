import { type Column, type PipelineNode } from "../../../shared/graph/index.ts";
import { quoted } from "../duckdb/sql/identifiers.ts";
import type { Relation, SqlHosts } from "../duckdb/sql-host.ts";
import { pointInTimeSql, resolveTrainingSet } from "../features/index.ts";
import type { JoinedRows, PlainJoin } from "./read-rows.ts";
import { failed, findColumn } from "./wrong.ts";

type Blamed = Pick<PipelineNode, "id" | "location">;

/** A SELECT over the inputs, and the columns that joining adds to the spine's. */
export interface JoinedSql {
  readonly sql: string;
  readonly added: readonly string[];
  readonly warnings: readonly string[];
}

const own = (name: string): string => quoted(`headrace ${name}`);

/** The spine's rows in their order with every group's features. Throws for columns that are not there. */
export const joinedSql = (node: Blamed, rows: JoinedRows, inputs: readonly Relation[], key: string): JoinedSql => {
  const spine = relationOf(inputs, rows.spine);
  const columns = spine.relation.columns;
  if (rows.timestamp !== null) findColumn(node, columns, rows.timestamp, { source: rows.spine, key });
  const groups = [...(rows.set?.joins ?? []).map(({ group, keys }) => ({ group, keys })), ...rows.plain.map(plainKeys)];
  for (const { group, keys } of groups) {
    for (const name of keys) findColumn(node, columns, name, { source: rows.spine, key: `join_keys of ${group.id}` });
  }
  const resolved = rows.set === null ? null : resolveTrainingSet(rows.set, inputs);
  const timed = resolved === null ? `select * from input_${spine.place}` : pointInTimeSql(resolved);
  const plain = rows.plain.map((join) => ({ join, ...plainColumns(node, join, inputs) }));
  const added = [
    ...(resolved?.joins ?? []).flatMap((join) => join.added.map(({ name }) => name)),
    ...plain.flatMap(({ taken }) => taken),
  ];
  refuseTwice(node, [...columns.map(({ name }) => name), ...added], rows.spine);
  const warnings = rows.plain.map(
    ({ group }) => `${group.id} has no event_time: its features are joined as they are now, which may tell the answer`,
  );
  return { sql: plain.length === 0 ? timed : withPlain(timed, plain), added, warnings };
};

const plainKeys = ({ group }: PlainJoin) => ({ group, keys: group.joinKeys });

const relationOf = (inputs: readonly Relation[], id: string) => {
  const place = inputs.findIndex((input) => input.id === id);
  const relation = inputs[place];
  if (relation === undefined) throw new Error(`${id} is not among the inputs`);
  return { place, relation };
};

const plainColumns = (node: Blamed, { group }: PlainJoin, inputs: readonly Relation[]) => {
  const { place, relation } = relationOf(inputs, group.id);
  const where = { source: group.id, key: "join_keys" };
  for (const key of group.joinKeys) findColumn(node, relation.columns, key, where);
  const keys = new Set(group.joinKeys.map((key) => key.toLowerCase()));
  const declared = group.features.map(({ name }) => name);
  const others = relation.columns.map(({ name }) => name).filter((name) => !keys.has(name.toLowerCase()));
  return { place, taken: declared.length > 0 ? declared : others };
};

const refuseTwice = (node: Blamed, names: readonly string[], spine: string): void => {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) {
      const params = { column: name, first: `one of ${spine}`, second: "a feature" };
      throw failed(node, "training_set_names_collide", params);
    }
    seen.add(name.toLowerCase());
  }
};

type Plain = { readonly join: PlainJoin; readonly place: number; readonly taken: readonly string[] };

const withPlain = (timed: string, plain: readonly Plain[]): string => {
  const tables = plain.map(({ join, place }, at) => {
    const equal = join.group.joinKeys.map((key) => `spine.${quoted(key)} = ${own(`p${at}`)}.${quoted(key)}`);
    return `left join input_${place} as ${own(`p${at}`)} on ${equal.join(" and ")}`;
  });
  const taken = plain.flatMap((one, at) => one.taken.map((name) => `${own(`p${at}`)}.${quoted(name)}`));
  return [
    `select spine.* exclude (${own("row")}), ${taken.join(", ")}`,
    `from (select *, row_number() over () as ${own("row")} from (\n${timed}\n)) as spine`,
    ...tables,
    `order by spine.${own("row")}`,
  ].join("\n");
};

/** A group without an event time has one row for each of its keys, or the join would make rows. */
export const checkRepeats = async (
  node: Blamed,
  { plain }: JoinedRows,
  inputs: readonly Relation[],
  duckdb: SqlHosts,
  signal: AbortSignal,
): Promise<void> => {
  for (const { group } of plain) {
    const { relation } = relationOf(inputs, group.id);
    const keys = group.joinKeys.map((key) => quoted(key));
    const present = keys.map((key) => `${key} is not null`).join(" and ");
    const text = keys.map((key) => `${key}::varchar`).join(" || ', ' || ");
    const sql = `select ${text} as "key", count(*) as "rows" from input_0 where ${present}
      group by ${keys.join(", ")} having count(*) > 1 order by all limit 1`;
    const job = { node: node.id, sql, inputs: [relation], params: {} };
    const [found] = (await duckdb.page(job, { offset: 0, limit: 1 }, signal)).rows;
    if (found === undefined) continue;
    const params = { group: group.id, keys: group.joinKeys, value: found[0] ?? "", count: found[1] ?? "" };
    throw failed(node, "model_group_repeats", params);
  }
};

/** Names of columns, for looking one up. */
export const namesOf = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name);
