import {
  BIGINT,
  BOOLEAN,
  type DuckDBPreparedStatement,
  type DuckDBType,
  type DuckDBValue,
  DOUBLE,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";

type Params = Readonly<Record<string, unknown>>;
interface Typed {
  readonly value: DuckDBValue;
  readonly type: DuckDBType | undefined;
}

/** Binds the parameters that a statement has; values it does not name are left out. */
export const bindParameters = (statement: DuckDBPreparedStatement, params: Params): void => {
  for (let index = 1; index <= statement.parameterCount; index++) {
    const name = statement.parameterName(index);
    const key = parameterKey(params, name);
    if (key === null) throw new MissingParameterError(name);
    const { value, type } = typed(params[key]);
    if (value === null) statement.bindNull(index);
    else statement.bindValue(index, value, type);
  }
};

/** The key of a parameter's value: DuckDB takes `$name` and `$NAME` for the same. `null` when there is none. */
export const parameterKey = (params: Params, name: string): string | null => {
  if (Object.hasOwn(params, name)) return name;
  return Object.keys(params).find((key) => key.toLowerCase() === name.toLowerCase()) ?? null;
};

/** A `$name` that the node gives no value for. */
export class MissingParameterError extends Error {
  readonly parameter: string;
  constructor(parameter: string) {
    super(`no value for $${parameter}`);
    this.parameter = parameter;
  }
}

const typed = (value: unknown): Typed => {
  if (value === null || value === undefined) return { value: null, type: undefined };
  if (typeof value === "boolean") return { value, type: BOOLEAN };
  if (typeof value === "bigint") return { value, type: BIGINT };
  if (typeof value === "number") return typedNumber(value);
  if (value instanceof Date) return { value: value.toISOString(), type: VARCHAR };
  if (Array.isArray(value)) return typedList(value);
  return { value: typeof value === "string" ? value : JSON.stringify(value), type: VARCHAR };
};

const typedNumber = (value: number): Typed => {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return { value, type: DOUBLE };
  return Math.abs(value) < 2 ** 31 ? { value, type: INTEGER } : { value: BigInt(value), type: BIGINT };
};

const typedList = (values: readonly unknown[]): Typed => {
  const items = values.map(typed);
  const types = items.flatMap(({ type }) => (type === undefined ? [] : [type]));
  const itemType = commonType(types);
  const converted = items.map(({ value }) => convert(value, itemType));
  return { value: listValue(converted), type: LIST(itemType) };
};

const numeric: readonly DuckDBType[] = [INTEGER, BIGINT, DOUBLE];

const commonType = (types: readonly DuckDBType[]): DuckDBType => {
  const [first] = types;
  if (first === undefined) return VARCHAR;
  if (types.every((type) => type === first)) return first;
  const widest = Math.max(...types.map((type) => numeric.indexOf(type)));
  return types.every((type) => numeric.includes(type)) ? (numeric[widest] ?? VARCHAR) : VARCHAR;
};

const convert = (value: DuckDBValue, type: DuckDBType): DuckDBValue => {
  if (value === null) return null;
  if (type === VARCHAR) return typeof value === "string" ? value : String(value);
  if (type === BIGINT) return typeof value === "number" ? BigInt(value) : value;
  if (type === DOUBLE) return Number(value);
  return value;
};
