import type { DuckDBConnection } from "@duckdb/node-api";

import type { Relation } from "../sql-host.ts";
import { literal, quoted } from "../sql/identifiers.ts";
import { storedForm } from "../types/stored-form.ts";

/** A relation's quoted name: `"kind"."name"`. */
export const relationName = ({ id }: Relation): string => id.split(".").map(quoted).join(".");

/** A relation of which only the columns are known, without rows. */
const emptyRelation = (columns: Relation["columns"]): string =>
  `select ${columns.map(({ name, type }) => `cast(null as ${type}) as ${quoted(name)}`).join(", ")} where false`;

/** A SELECT that reads a relation's parquet with the relation's own types; `condition` may name its row numbers. */
export const readRelation = ({ file, columns, firstRows }: Relation, asked = ""): string => {
  if (file === "") return emptyRelation(columns);
  const forms = columns.map(({ type }) => storedForm(type));
  const within = firstRows === undefined ? "" : `file_row_number < ${firstRows}`;
  const condition = [asked, within].filter((part) => part !== "").join(" and ");
  const source = `read_parquet(${literal(file)}, hive_partitioning = false)${condition && ` where ${condition}`}`;
  if (forms.every((form) => form.same)) return `select * from ${source}`;
  const list = columns.map(({ name }, i) => {
    const form = forms[i]!;
    return form.same ? quoted(name) : `${form.load(quoted(name))} as ${quoted(name)}`;
  });
  return `select ${list.join(", ")} from ${source}`;
};

/** The views on parquet files that an instance holds: each made once, made again when its file or types differ. */
export class RelationViews {
  readonly #made = new Map<string, string>();
  readonly #schemas = new Set<string>();

  async ensure(connection: DuckDBConnection, relation: Relation): Promise<void> {
    const query = readRelation(relation);
    const key = `${query}\n${JSON.stringify(relation.columns)}`;
    if (this.#made.get(relation.id) === key) return;
    const schema = relation.id.slice(0, relation.id.indexOf("."));
    if (!this.#schemas.has(schema)) await connection.run(`create schema if not exists ${quoted(schema)}`);
    this.#schemas.add(schema);
    await connection.run(`create or replace view ${relationName(relation)} as ${query}`);
    this.#made.set(relation.id, key);
  }
}
