// What stands at the target now: columns, keys and everything that others built on the table.

import type { PostgresClient, TableName } from "../../postgres/index.ts";

export interface TargetColumn {
  readonly name: string;
  readonly position: number;
  /** `format_type`'s spelling of the column's type; a domain's base type. */
  readonly type: string;
  /** The type to cast to, with its schema where it needs one. */
  readonly declared: string;
  readonly isEnum: boolean;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly identity: "" | "a" | "d";
  readonly generated: boolean;
}

/** A valid, immediate, whole-table unique index on plain columns. */
export interface UniqueKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly primary: boolean;
  /** No column of it can be NULL. */
  readonly notNull: boolean;
}

/** A foreign key of another table (or of this one) to this table. */
export interface ChildTable {
  readonly constraint: string;
  readonly table: string;
  /** `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default. */
  readonly onDelete: "a" | "r" | "c" | "n" | "d";
  readonly columns: readonly string[];
  readonly references: readonly string[];
}

/** Something that needs a column: dropping the column would take it along. */
export interface Dependent {
  readonly column: string;
  readonly name: string;
  /** PostgreSQL refuses to change the column's type while it is there. */
  readonly fixesType: boolean;
}

export interface TargetTable {
  readonly oid: number;
  /** `r` table, `p` partitioned; everything else cannot be written as a table. */
  readonly kind: string;
  readonly persistence: string;
  readonly isOwner: boolean;
  readonly columns: readonly TargetColumn[];
  readonly keys: readonly UniqueKey[];
  readonly children: readonly ChildTable[];
  /** Enabled row triggers and rewrite rules, by name. */
  readonly triggers: readonly string[];
  readonly dependents: readonly Dependent[];
}

/** `null` when there is no such relation. */
export const inspectTable = async (client: PostgresClient, name: TableName): Promise<TargetTable | null> => {
  const { rows } = await client.query<{ found: TargetTable | null }>(inspection, [name.schema, name.table]);
  return rows[0]?.found ?? null;
};

const columnsOf = `
  select coalesce(json_agg(json_build_object(
    'name', a.attname, 'position', a.attnum,
    'type', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) else format_type(a.atttypid, a.atttypmod) end,
    'declared', format_type(a.atttypid, a.atttypmod),
    'isEnum', coalesce(nullif(t.typelem, 0) is null and t.typtype = 'e', false),
    'notNull', a.attnotnull, 'hasDefault', a.atthasdef and a.attgenerated = '',
    'identity', a.attidentity, 'generated', a.attgenerated <> '') order by a.attnum), '[]')
  from pg_attribute a join pg_type t on t.oid = a.atttypid
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;

const keysOf = `
  select coalesce(json_agg(json_build_object('name', i.relname, 'primary', x.indisprimary, 'columns', k.names, 'notNull', k.not_null)
    order by x.indisprimary desc, i.relname), '[]')
  from pg_index x join pg_class i on i.oid = x.indexrelid cross join lateral (
    select json_agg(a.attname order by n.at) as names, bool_and(a.attnotnull) as not_null
    from unnest(x.indkey::int2[]) with ordinality n(attnum, at) join pg_attribute a on a.attrelid = c.oid and a.attnum = n.attnum
    where n.at <= x.indnkeyatts) k
  where x.indrelid = c.oid and x.indisunique and x.indisvalid and x.indimmediate and x.indpred is null and x.indexprs is null`;

const childrenOf = `
  select coalesce(json_agg(json_build_object('constraint', f.conname, 'table', f.conrelid::regclass::text, 'onDelete', f.confdeltype,
    'columns', (select json_agg(a.attname order by n.at) from unnest(f.conkey) with ordinality n(attnum, at)
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = n.attnum),
    'references', (select json_agg(a.attname order by n.at) from unnest(f.confkey) with ordinality n(attnum, at)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = n.attnum)) order by f.conname), '[]')
  from pg_constraint f where f.contype = 'f' and f.confrelid = c.oid and f.conparentid = 0`;

const triggersOf = `
  select coalesce(json_agg(name order by name), '[]') from (
    select 'trigger ' || quote_ident(tgname) as name from pg_trigger
    where tgrelid = c.oid and not tgisinternal and tgenabled in ('O', 'A') and (tgtype & 1) = 1
    union all
    select 'rule ' || quote_ident(rulename) from pg_rewrite where ev_class = c.oid and ev_type <> '1' and ev_enabled in ('O', 'A')) all_of_them`;

// A column's own default and NOT NULL go with it; the rest is somebody's work.
const dependentsOf = `
  select coalesce(json_agg(distinct jsonb_build_object('column', a.attname, 'fixesType', d.classid <> all (array['pg_class'::regclass, 'pg_constraint'::regclass]::oid[]),
    'name', case when d.classid = 'pg_rewrite'::regclass
      then (select (case v.relkind when 'm' then 'materialized view ' else 'view ' end) || v.oid::regclass::text
            from pg_rewrite r join pg_class v on v.oid = r.ev_class where r.oid = d.objid)
      else pg_describe_object(d.classid, d.objid, d.objsubid) end)), '[]')
  from pg_depend d join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
  where d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and d.refobjsubid > 0
    and not (d.classid = 'pg_attrdef'::regclass and exists (select 1 from pg_attrdef f where f.oid = d.objid and f.adrelid = c.oid and f.adnum = d.refobjsubid))
    and not (d.classid = 'pg_constraint'::regclass and exists (select 1 from pg_constraint n where n.oid = d.objid and n.contype = 'n'))
    and not (d.classid = 'pg_rewrite'::regclass and exists (select 1 from pg_rewrite r where r.oid = d.objid and r.ev_class = c.oid))
    and not (d.classid = 'pg_class'::regclass and d.objid = c.oid)
    and not (d.classid = 'pg_class'::regclass and exists (select 1 from pg_class s where s.oid = d.objid and s.relkind = 'S'))`;

const inspection = `
  select json_build_object(
    'oid', c.oid::bigint, 'kind', c.relkind, 'persistence', c.relpersistence, 'isOwner', pg_has_role(c.relowner, 'usage'),
    'columns', (${columnsOf}), 'keys', (${keysOf}), 'children', (${childrenOf}),
    'triggers', (${triggersOf}), 'dependents', (${dependentsOf})) as found
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2`;
