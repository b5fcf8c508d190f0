import type { ConnectionSettings, PasswordSource } from "../../../shared/api/index.ts";

type Raw = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** The first of the keys that is there, with the spelling that the file has. */
const keyed = (raw: Raw, keys: readonly string[]): { readonly key: string; readonly value: string } => {
  const key = keys.find((candidate) => raw[candidate] !== undefined) ?? keys[0] ?? "";
  return { key, value: textOf(raw[key]) };
};

/** Spellings of each key, the one that is written first. */
const spellings = {
  host: ["host", "hostname"],
  port: ["port"],
  user: ["user", "username"],
  database: ["database", "dbname", "db"],
  sslmode: ["sslmode"],
  path: ["path", "database"],
} as const;
const passwordKeys = ["password", "pass"] as const;
const urlKeys = ["url", "uri", "dsn", "connection_string"] as const;

const passwordOf = (raw: Raw): PasswordSource => {
  if (urlKeys.some((key) => raw[key] !== undefined)) return { from: "file" };
  const { value } = keyed(raw, passwordKeys);
  if (value === "") return { from: "nothing" };
  const secret = /^\$\{secret:([^}]+)\}$/.exec(value)?.[1];
  if (secret !== undefined) return { from: "secret", name: secret.trim() };
  const variable = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(value)?.[1];
  return variable === undefined ? { from: "file" } : { from: "variable", name: variable };
};

const modes = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;

/** What a form shows of a connection: a password's value is not among it. */
export const settingsOf = (raw: Raw): ConnectionSettings => {
  const type = raw["type"] === "sqlite" ? "sqlite" : "postgresql";
  const of = (name: keyof typeof spellings): string => keyed(raw, spellings[name]).value;
  return {
    type,
    host: of("host"),
    port: of("port"),
    user: of("user"),
    database: type === "sqlite" ? "" : of("database"),
    sslmode: modes.find((mode) => mode === of("sslmode")) ?? "",
    production: raw["production"] === true,
    password: passwordOf(raw),
    path: type === "sqlite" ? of("path") : "",
  };
};

const written = (source: PasswordSource): string | undefined =>
  source.from === "secret"
    ? `\${secret:${source.name}}`
    : source.from === "variable"
      ? `\${${source.name}}`
      : undefined;

/** A port that is a number is written as one. */
const scalar = (value: string): string | number => (/^\d{1,5}$/.test(value) ? Number(value) : value);

/** Keys to write (`undefined` takes one away) so that the file says what the form says; equal ones are left out. */
export const changesOf = (raw: Raw, next: ConnectionSettings): readonly (readonly [string, unknown])[] => {
  const before = settingsOf(raw);
  const changes: (readonly [string, unknown])[] = [];
  if (raw["type"] === undefined || before.type !== next.type) changes.push(["type", next.type]);
  const fields =
    next.type === "sqlite" ? (["path"] as const) : (["host", "port", "user", "database", "sslmode"] as const);
  for (const name of fields) {
    if (before[name] === next[name]) continue;
    const { key } = keyed(raw, spellings[name]);
    changes.push([key, next[name] === "" ? undefined : name === "port" ? scalar(next[name]) : next[name]]);
  }
  if (next.type === "postgresql" && JSON.stringify(before.password) !== JSON.stringify(next.password)) {
    for (const key of urlKeys) if (raw[key] !== undefined) changes.push([key, undefined]);
    changes.push([keyed(raw, passwordKeys).key, written(next.password)]);
  }
  if (before.production !== next.production) changes.push(["production", next.production ? true : undefined]);
  return changes;
};
