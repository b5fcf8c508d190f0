// From DuckDB's types and exact texts to Arrow's: a column of a kind that Arrow has not becomes text.

import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  TimestampMicrosecond,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
} from "apache-arrow";

/** How the cells of one column are put into Arrow. */
export interface ArrowColumn {
  readonly type: DataType;
  /** Bytes a value takes; 0 for text and single bits. */
  readonly width: number;
  /** Puts a cell's exact text into the column's bytes; false for a value that the type cannot hold. */
  readonly put: (view: DataView, at: number, text: string) => boolean;
}

const whole =
  (least: bigint, most: bigint, put: (view: DataView, at: number, value: bigint) => void) =>
  (view: DataView, at: number, text: string): boolean => {
    if (!/^-?\d+$/.test(text)) return false;
    const value = BigInt(text);
    if (value < least || value > most) return false;
    put(view, at, value);
    return true;
  };

const integer = (type: DataType, bytes: 1 | 2 | 4 | 8, signed: boolean): ArrowColumn => {
  const bits = BigInt(bytes * 8);
  const least = signed ? -(1n << (bits - 1n)) : 0n;
  const most = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  return {
    type,
    width: bytes,
    put: whole(least, most, (view, at, value) => {
      const unsigned = BigInt.asUintN(Number(bits), value);
      if (bytes === 8) view.setBigUint64(at * 8, unsigned, true);
      else if (bytes === 4) view.setUint32(at * 4, Number(unsigned), true);
      else if (bytes === 2) view.setUint16(at * 2, Number(unsigned), true);
      else view.setUint8(at, Number(unsigned));
    }),
  };
};

const floating = (type: DataType, bytes: 4 | 8): ArrowColumn => ({
  type,
  width: bytes,
  put(view, at, text) {
    const value = text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text);
    if (Number.isNaN(value) && text !== "nan") return false;
    if (bytes === 4) view.setFloat32(at * 4, value, true);
    else view.setFloat64(at * 8, value, true);
    return true;
  },
});

const decimal = (precision: number, scale: number): ArrowColumn => ({
  type: new Decimal(scale, precision, 128),
  width: 16,
  put(view, at, text) {
    if (!/^-?\d*(?:\.\d*)?$/.test(text)) return false;
    const value = BigInt.asUintN(128, BigInt(text.replace(".", "")));
    view.setBigUint64(at * 16, BigInt.asUintN(64, value), true);
    view.setBigUint64(at * 16 + 8, value >> 64n, true);
    return true;
  },
});

const dayLength = 86_400_000;
const daysOf = (text: string): number | null => {
  const match = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Math.round(date.getTime() / dayLength);
};

const day: ArrowColumn = {
  type: new DateDay(),
  width: 4,
  put(view, at, text) {
    const days = daysOf(text);
    if (days === null) return false;
    view.setInt32(at * 4, days, true);
    return true;
  },
};

const moment = (zone: string | null): ArrowColumn => ({
  type: new TimestampMicrosecond(zone),
  width: 8,
  put(view, at, text) {
    const match = /^(\d{4,6}-\d\d-\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:\+00)?$/.exec(text);
    const days = match === null ? null : daysOf(match[1] ?? "");
    if (match === null || days === null) return false;
    const seconds =
      BigInt(days) * 86_400n + BigInt(match[2] ?? 0) * 3600n + BigInt(match[3] ?? 0) * 60n + BigInt(match[4] ?? 0);
    view.setBigInt64(at * 8, seconds * 1_000_000n + BigInt((match[5] ?? "").padEnd(6, "0")), true);
    return true;
  },
});

const known: Readonly<Record<string, () => ArrowColumn>> = {
  TINYINT: () => integer(new Int8(), 1, true),
  SMALLINT: () => integer(new Int16(), 2, true),
  INTEGER: () => integer(new Int32(), 4, true),
  BIGINT: () => integer(new Int64(), 8, true),
  UTINYINT: () => integer(new Uint8(), 1, false),
  USMALLINT: () => integer(new Uint16(), 2, false),
  UINTEGER: () => integer(new Uint32(), 4, false),
  UBIGINT: () => integer(new Uint64(), 8, false),
  HUGEINT: () => decimal(38, 0),
  FLOAT: () => floating(new Float32(), 4),
  DOUBLE: () => floating(new Float64(), 8),
  DATE: () => day,
  TIMESTAMP: () => moment(null),
  TIMESTAMP_S: () => moment(null),
  TIMESTAMP_MS: () => moment(null),
  "TIMESTAMP WITH TIME ZONE": () => moment("UTC"),
};

const asText: ArrowColumn = { type: new Utf8(), width: 0, put: () => true };

export const arrowColumn = (type: string): ArrowColumn => {
  const scaled = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(type);
  if (scaled !== null) return decimal(Number(scaled[1]), Number(scaled[2]));
  if (type === "BOOLEAN") return { type: new Bool(), width: 0, put: () => true };
  return known[type]?.() ?? asText;
};
