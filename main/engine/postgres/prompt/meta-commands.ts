/** What a line with a backslash asks for. */
export type MetaCommand =
  | { readonly do: "quit" | "help" | "expand" | "time" | "connection" | "clear" }
  | { readonly do: "query"; readonly title: string; readonly sql: string; readonly values: readonly string[] }
  | { readonly do: "describe"; readonly table: string }
  | { readonly do: "refuse"; readonly message: string };

export const helpText = `SQL ends with a semicolon and may take several lines.
  \\d           tables, views and sequences     \\d NAME   columns, indexes and keys of a table
  \\dt \\dv      tables, views                   \\dn       schemas
  \\l           databases                       \\conninfo where this is
  \\x           one column a line, or back      \\timing   how long each statement takes, or not
  \\r           forget what was typed           \\q        quit (Ctrl-D too)`;

const kinds = `case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
  when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table' end`;

const relations = (relkinds: string): string => `
select n.nspname as "Schema", c.relname as "Name", ${kinds} as "Type", pg_get_userbyid(c.relowner) as "Owner",
  case when c.relkind in ('r', 'm', 'p') then pg_size_pretty(pg_total_relation_size(c.oid)) else '' end as "Size",
  coalesce(obj_description(c.oid, 'pg_class'), '') as "Description"
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = any ('{${relkinds}}') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '_headrace')
  and ($1 = '' or c.relname like $1 or n.nspname || '.' || c.relname like $1)
order by 1, 2`;

const schemas = `
select nspname as "Schema", pg_get_userbyid(nspowner) as "Owner" from pg_namespace
where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`;

const databases = `
select datname as "Database", pg_get_userbyid(datdba) as "Owner", pg_size_pretty(pg_database_size(datname)) as "Size"
from pg_database where datallowconn and not datistemplate order by 1`;

/** The parts of \`\\d NAME\`; each takes the table's name and prints nothing when it has no rows. */
export const describeQueries: readonly { readonly title: string; readonly sql: string }[] = [
  {
    title: "",
    sql: `select a.attname as "Column", format_type(a.atttypid, a.atttypmod) as "Type",
      case when a.attnotnull then 'not null' else '' end as "Nullable",
      case a.attidentity when 'a' then 'identity always' when 'd' then 'identity'
        else coalesce(pg_get_expr(d.adbin, d.adrelid), '') end as "Default",
      coalesce(col_description(a.attrelid, a.attnum), '') as "Description"
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  },
  {
    title: "Indexes",
    sql: `select c.relname as "Name", pg_get_indexdef(c.oid) as "Definition" from pg_index i
      join pg_class c on c.oid = i.indexrelid where i.indrelid = to_regclass($1) order by 1`,
  },
  {
    title: "Constraints",
    sql: `select conname as "Name", pg_get_constraintdef(oid) as "Definition" from pg_constraint
      where conrelid = to_regclass($1) and contype <> 'n' order by 1`,
  },
  {
    title: "Referenced by",
    sql: `select conrelid::regclass::text as "Table", pg_get_constraintdef(oid) as "Definition" from pg_constraint
      where confrelid = to_regclass($1) order by 1`,
  },
];

const pattern = (argument: string): string => argument.replaceAll("*", "%").replaceAll("?", "_");
const list = (title: string, relkinds: string, argument: string): MetaCommand => ({
  do: "query",
  title,
  sql: relations(relkinds),
  values: [pattern(argument)],
});

/** Reads a line that starts with a backslash. */
export const readMetaCommand = (line: string): MetaCommand => {
  const [command = "", ...words] = line.trim().replace(/;+$/, "").split(/\s+/);
  const argument = words.join(" ");
  switch (command) {
    case "\\q":
      return { do: "quit" };
    case "\\?":
    case "\\h":
      return { do: "help" };
    case "\\x":
      return { do: "expand" };
    case "\\timing":
      return { do: "time" };
    case "\\conninfo":
      return { do: "connection" };
    case "\\r":
      return { do: "clear" };
    case "\\d":
      return argument === "" ? list("Relations", "r,p,v,m,S,f", "") : { do: "describe", table: argument };
    case "\\dt":
      return list("Tables", "r,p", argument);
    case "\\dv":
      return list("Views", "v,m", argument);
    case "\\dn":
      return { do: "query", title: "Schemas", sql: schemas, values: [] };
    case "\\l":
      return { do: "query", title: "Databases", sql: databases, values: [] };
    default:
      return { do: "refuse", message: `There is no command ${command}. \\? shows those there are.` };
  }
};
