// What a part of a statement gives: columns, each with the input columns it is made of.

/** How a column gets into another one: as it is, or through a computation. */
export type Use = "copied" | "computed";

/** A column of an input. `column: null` is one that cannot be told: any of the input's columns. */
export interface Source {
  readonly input: string;
  readonly column: string | null;
  readonly use: Use;
}

export interface InputColumn {
  readonly input: string;
  readonly column: string;
}

/** A column of a query or of a table in its FROM. */
export interface Field {
  /** Empty where only DuckDB knows it: `sum(x)`, `(a + b)`. */
  readonly name: string;
  readonly sources: readonly Source[];
  /** The input columns whose very name it bears: renaming one of them renames it. */
  readonly named: readonly InputColumn[];
}

export interface Rows {
  readonly fields: readonly Field[];
  /** Inputs whose columns are not known and all of which are here, under their own names. */
  readonly open: readonly string[];
  /** What further columns, which cannot be listed, may be made of; `null` when there are none. */
  readonly others: readonly Source[] | null;
}

export const noRows: Rows = { fields: [], open: [], others: null };

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const keyOf = ({ input, column }: Source): string => `${input}\n${column ?? ""}\n${column === null ? "?" : ""}`;

/** Each source once; one that is both copied and computed is computed. */
export const distinctSources = (sources: readonly Source[]): readonly Source[] => {
  const found = new Map<string, Source>();
  for (const source of sources) {
    const key = keyOf(source);
    const known = found.get(key);
    if (known === undefined || (known.use === "copied" && source.use === "computed")) found.set(key, source);
  }
  return [...found.values()];
};

export const computed = (sources: readonly Source[]): readonly Source[] =>
  sources.map((source) => (source.use === "computed" ? source : { ...source, use: "computed" }));

const wholeInput = (input: string): Source => ({ input, column: null, use: "computed" });

/** Everything that rows hold, as one value made of all of it. */
export const everything = ({ fields, open, others }: Rows): readonly Source[] =>
  distinctSources(computed([...fields.flatMap(({ sources }) => sources), ...open.map(wholeInput), ...(others ?? [])]));

/** Whether rows may hold columns that are not among their fields. */
export const isOpen = ({ open, others }: Rows): boolean => open.length > 0 || others !== null;

/** A column by its name: listed, else of the one input it can only be of, else of any of what is not listed. */
export const fieldNamed = (rows: Rows, name: string): Field | null => {
  const listed = rows.fields.find((field) => sameName(field.name, name));
  if (listed !== undefined) return listed;
  const [input] = rows.open;
  if (input !== undefined && rows.open.length === 1 && rows.others === null) {
    return { name, sources: [{ input, column: name, use: "copied" }], named: [{ input, column: name }] };
  }
  if (!isOpen(rows)) return null;
  const sources = distinctSources([...rows.open.map(wholeInput), ...computed(rows.others ?? [])]);
  return { name, sources, named: [] };
};

/** Rows under other column names, as `t(a, b)` gives them. */
export const withNames = (rows: Rows, names: readonly string[]): Rows => {
  if (names.length === 0) return rows;
  const { fields, open } = rows;
  // Names beyond the listed columns are those of an input whose own names are not known.
  const rest = names.slice(fields.length).map((name) => ({ name, sources: open.map(wholeInput), named: [] }));
  const renamed = fields.map((field, at) => {
    const name = names[at];
    return name === undefined ? field : { ...field, name, named: [] };
  });
  return { ...rows, fields: [...renamed, ...rest] };
};

/** Two queries' rows on top of each other, column by column in their order. */
export const stacked = (upper: Rows, lower: Rows): Rows => {
  if (isOpen(upper) || isOpen(lower) || upper.fields.length !== lower.fields.length) return stackedByName(upper, lower);
  const fields = upper.fields.map((field, at) => ({
    ...field,
    sources: distinctSources([...field.sources, ...(lower.fields[at]?.sources ?? [])]),
  }));
  return { fields, open: [], others: null };
};

/** The same by name, as UNION BY NAME does; a column that only one of them has is of that one. */
export const stackedByName = (upper: Rows, lower: Rows): Rows => {
  const both = upper.fields.map((field) => {
    const other = fieldNamed(lower, field.name);
    if (other === null) return field;
    const named = [...field.named, ...other.named];
    return { name: field.name, sources: distinctSources([...field.sources, ...other.sources]), named };
  });
  const added = lower.fields.filter(({ name }) => !upper.fields.some((field) => sameName(field.name, name)));
  const others = [...(upper.others ?? []), ...(lower.others ?? [])];
  const isUnlisted = upper.others !== null || lower.others !== null;
  return {
    fields: [...both, ...added],
    open: [...new Set([...upper.open, ...lower.open])],
    others: isUnlisted ? distinctSources(others) : null,
  };
};
