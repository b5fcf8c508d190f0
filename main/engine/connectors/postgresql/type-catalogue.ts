// What the columns of a query are, from the server's catalogue.

import { z } from "zod";

import type { PostgresClient } from "../../postgres/index.ts";

export interface PostgresType {
  /** Of the base type, where it is a domain. */
  readonly name: string;
  readonly kind: "base" | "enum" | "composite" | "other";
  /** Packed length or precision; -1 for none. */
  readonly modifier: number;
  /** Of an array. */
  readonly element: PostgresType | null;
}

export interface PostgresColumn {
  readonly name: string;
  readonly type: PostgresType;
}

const rowSchema = z.object({
  oid: z.number(),
  typname: z.string(),
  typtype: z.string(),
  typbasetype: z.number(),
  typtypmod: z.number(),
  /** Not zero for arrays alone: points and names have elements too, but are no lists. */
  element: z.number(),
});
type Row = z.output<typeof rowSchema>;

/** A domain's base and an array's element are looked up in turn. */
const lookUp = async (client: PostgresClient, oids: readonly number[]): Promise<ReadonlyMap<number, Row>> => {
  const known = new Map<number, Row>();
  let wanted = [...new Set(oids)];
  while (wanted.length > 0) {
    const { rows } = await client.query<Record<string, unknown>>(
      `select oid, typname, typtype::text, typbasetype, typtypmod, ` +
        `case when typcategory = 'A' then typelem else 0 end as element ` +
        `from pg_catalog.pg_type where oid = any($1::oid[])`,
      [wanted],
    );
    for (const row of rows.map((found) => rowSchema.parse(found))) known.set(row.oid, row);
    wanted = [...known.values()]
      .flatMap((row) => [row.typbasetype, row.element])
      .filter((oid) => oid !== 0 && !known.has(oid));
  }
  return known;
};

const kinds: Readonly<Record<string, PostgresType["kind"]>> = { b: "base", e: "enum", c: "composite" };

const typeOf = (oid: number, modifier: number, known: ReadonlyMap<number, Row>): PostgresType => {
  const row = known.get(oid);
  if (row === undefined) return { name: "unknown", kind: "other", modifier, element: null };
  if (row.typtype === "d") return typeOf(row.typbasetype, row.typtypmod, known);
  const element = row.element === 0 ? null : typeOf(row.element, modifier, known);
  return { name: row.typname, kind: kinds[row.typtype] ?? "other", modifier, element };
};

/** Names and types of what a query returned. */
export const describeFields = async (
  client: PostgresClient,
  fields: readonly { readonly name: string; readonly dataTypeID: number; readonly dataTypeModifier: number }[],
): Promise<readonly PostgresColumn[]> => {
  const known = await lookUp(
    client,
    fields.map(({ dataTypeID }) => dataTypeID),
  );
  return fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
    name,
    type: typeOf(dataTypeID, dataTypeModifier, known),
  }));
};
