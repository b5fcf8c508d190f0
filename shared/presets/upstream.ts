/** A column as a preset needs to know it. */
export interface UpstreamColumn {
  readonly name: string;
  /** DuckDB's spelling. */
  readonly type: string;
}

/** A table that a new node is to read; `columns` is empty while nobody knows them. */
export interface Upstream {
  readonly id: string;
  readonly columns: readonly UpstreamColumn[];
}

const plain = /^[a-z_][a-z0-9_]*$/;
const reserved = new Set(
  "all and any as asc between by case cast check column constraint create cross current_date default desc distinct else end except exists false fetch for foreign from full group having in inner intersect into is join lateral left like limit natural not null offset on or order outer primary qualify references right select sample semi set some table then to true union unique using values when where window with year month day".split(
    " ",
  ),
);

/** A name as SQL takes it: quoted only where it has to be. */
export const sqlName = (name: string): string =>
  plain.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;

export const isNumber = ({ type }: UpstreamColumn): boolean =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL(\(\d+, ?\d+\))?|DOUBLE|FLOAT|REAL)$/i.test(type);
export const isTime = ({ type }: UpstreamColumn): boolean => /^(DATE|TIMESTAMP)[^[]*$/i.test(type);
export const isText = ({ type }: UpstreamColumn): boolean => /^VARCHAR$/i.test(type);

/** A value of a type that can be compared and grouped by. */
export const isPlainValue = ({ type }: UpstreamColumn): boolean => !/\[|STRUCT|MAP|UNION|BLOB|JSON/i.test(type);

/** The column that most likely tells rows apart: `id`, the table's own `…_id`, any `…_id`, else the first. */
export const likelyKey = ({ id, columns }: Upstream): string | null => {
  const stem = (id.split(".")[1] ?? "").replace(/e?s$/, "");
  const names = columns.map(({ name }) => name);
  const lower = (name: string): string => name.toLowerCase();
  return (
    names.find((name) => lower(name) === "id") ??
    names.find((name) => lower(name) === `${stem}_id`) ??
    names.find((name) => /(_id|_key|_code|^key|^code)$/.test(lower(name))) ??
    names[0] ??
    null
  );
};
