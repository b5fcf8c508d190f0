import { join } from "node:path";

import { quoted } from "../../duckdb/sql/identifiers.ts";
import { momentOf } from "../dtype.ts";
import type { FeatureGroup } from "../group.ts";
import { type OnlinePlace, onlineStores, onlineTable } from "./online/index.ts";
import type { OnlineRow } from "./online/online-store.ts";
import type { StoreSettings } from "./settings.ts";
import type { StoredTable } from "./stored-table.ts";

const rowsAtATime = 20_000;

/** Brings a group's online store up to its table: each key's newest row, and no key that is gone. How many keys. */
export const writeOnline = async (
  group: FeatureGroup,
  table: StoredTable,
  online: NonNullable<StoreSettings["online"]>,
  place: OnlinePlace,
): Promise<number> => {
  const newest = join(table.scratch, "newest.parquet");
  const job = { node: group.id, inputs: [table.relation], params: {} };
  const written = await table.duckdb.writeParquet({ ...job, sql: newestSql(group, table) }, newest, table.signal);
  const relation = { id: group.id, file: newest, columns: written.columns };
  const keys = group.joinKeys.length;
  const open = await onlineStores[online.store]();
  await using store = await open(place, "write");
  const head = { columns: written.columns.slice(keys + 2), table: table.hash };
  await store?.bringUp(onlineTable(group.id, table.version), head, newestRows(table, relation, written.rows, keys));
  return written.rows;
};

async function* newestRows(
  table: StoredTable,
  relation: StoredTable["relation"],
  rows: number,
  keys: number,
): AsyncGenerator<readonly OnlineRow[]> {
  const job = { node: relation.id, sql: "from input_0", inputs: [relation], params: {} };
  for (let offset = 0; offset < rows; offset += rowsAtATime) {
    const page = await table.duckdb.page(job, { offset, limit: rowsAtATime }, table.signal);
    yield page.rows.map((row) => {
      const [event = null, created = null] = [row[keys], row[keys + 1]].map((time) =>
        time == null ? null : BigInt(time),
      );
      return {
        key: JSON.stringify(row.slice(0, keys)),
        event,
        created,
        payload: JSON.stringify(row.slice(keys + 2)),
      };
    });
  }
}

/** One row a key: keys as text, event and created time in microseconds, then the features. Null keys match nothing. */
const newestSql = (group: FeatureGroup, { relation }: StoredTable): string => {
  const typeOf = (name: string): string => relation.columns.find((column) => column.name === name)?.type ?? "TIMESTAMP";
  const time = (name: string | null): string =>
    name === null ? "null::bigint" : `epoch_us(${momentOf(quoted(name), typeOf(name))})`;
  const taken = new Set([...group.joinKeys, group.eventTime, group.createdTime]);
  const features = relation.columns.filter(({ name }) => !taken.has(name));
  const fields = [
    `e := ${time(group.eventTime)}`,
    `n := ${time(group.createdTime)} is not null`,
    `c := ${time(group.createdTime)}`,
    ...features.map(({ name }, at) => `f${at} := ${quoted(name)}`),
  ];
  const keys = group.joinKeys.map((name, at) => `${quoted(name)}::varchar as k${at}`);
  const present = [...group.joinKeys, ...(group.eventTime === null ? [] : [group.eventTime])];
  const values = ["best.e as event_us", "best.c as created_us"].concat(
    features.map(({ name }, at) => `best.f${at} as ${quoted(name)}`),
  );
  const where = present.map((name) => `${quoted(name)} is not null`).join(" and ");
  const best = `max(struct_pack(${fields.join(", ")})) as best`;
  return `select * exclude (best), ${values.join(", ")} from (select ${[...keys, best].join(", ")} from input_0 where ${where} group by all)`;
};
