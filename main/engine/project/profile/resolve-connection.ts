// One connection of a profile, with variables and secrets filled in. The result is never logged or stored.

import { isAbsolute, join } from "node:path";

import { ProjectError } from "../../../../shared/errors/index.ts";
import { suggestion } from "../../../../shared/graph/index.ts";
import type { Connection, PostgresConnection } from "../project.ts";
import type { Raw } from "./profile-file.ts";
import { substitute, type Substitution } from "./variables.ts";

const sslmodes = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;

/** `postgres`, `postgresql` and `sqlite` under their one name; anything else is not a database we connect to. */
export const connectionType = (raw: Raw): "postgresql" | "sqlite" | null => {
  const { type } = raw;
  if (type === "postgresql" || type === "postgres" || type === "pg") return "postgresql";
  if (type === "sqlite") return "sqlite";
  return type === undefined && ("host" in raw || "url" in raw) ? "postgresql" : null;
};

/** Throws `connection_invalid`, `connection_type`, `variable_missing`, `secret_unavailable`. */
export const resolveConnection = async (
  name: string,
  raw: Raw,
  root: string,
  substitution: Substitution,
): Promise<Connection> => {
  const reader = new ConnectionReader(name, raw, substitution);
  const known = connectionType(raw);
  if (known === "postgresql") return postgres(reader, name, raw["production"] === true);
  if (known === "sqlite") {
    const path = await reader.needed("path", "database");
    return { name, type: "sqlite", path: isAbsolute(path) ? path : join(root, path) };
  }
  const type = typeof raw["type"] === "string" ? raw["type"] : "unknown";
  throw new ProjectError("connection_type", { params: { name, type } });
};

const postgres = async (reader: ConnectionReader, name: string, production: boolean): Promise<PostgresConnection> => {
  const url = await reader.url();
  const given = async (...keys: readonly string[]): Promise<string | null> => (await reader.optional(...keys)) ?? null;
  const sslmode = (await given("sslmode")) ?? url?.sslmode ?? "prefer";
  const known = sslmodes.find((mode) => mode === sslmode);
  if (known === undefined) throw reader.invalid("sslmode", `is not one of ${sslmodes.join(", ")}`);
  return {
    name,
    type: "postgresql",
    host: (await given("host", "hostname")) ?? url?.host ?? "localhost",
    port: reader.port((await given("port")) ?? url?.port ?? "5432"),
    user: (await given("user", "username")) ?? url?.user ?? (await reader.needed("user")),
    password: (await given("password", "pass")) ?? url?.password ?? null,
    database: (await given("database", "dbname", "db")) ?? url?.database ?? (await reader.needed("database")),
    sslmode: known,
    production,
  };
};

interface UrlParts {
  readonly host: string | null;
  readonly port: string | null;
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string | null;
  readonly sslmode: string | null;
}

class ConnectionReader {
  readonly #name: string;
  readonly #raw: Raw;
  readonly #substitution: Substitution;

  constructor(name: string, raw: Raw, substitution: Substitution) {
    this.#name = name;
    this.#raw = raw;
    this.#substitution = substitution;
  }

  /** The first of the keys that is there, as text. */
  async optional(...keys: readonly string[]): Promise<string | null> {
    const key = keys.find((candidate) => this.#raw[candidate] !== undefined && this.#raw[candidate] !== null);
    if (key === undefined) return null;
    const value = this.#raw[key];
    if (typeof value !== "string" && typeof value !== "number") throw this.invalid(key, "is not text");
    return substitute(String(value), `connections.${this.#name}.${key}`, this.#substitution);
  }

  async needed(...keys: readonly string[]): Promise<string> {
    const value = await this.optional(...keys);
    if (value === null || value === "") throw this.invalid(keys[0] ?? "", "is missing");
    return value;
  }

  port(text: string): number {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw this.invalid("port", "is not a port between 1 and 65535");
    return port;
  }

  /** `postgresql://user:password@host:port/database?sslmode=…`. */
  async url(): Promise<UrlParts | null> {
    const text = await this.optional("url", "uri", "dsn", "connection_string");
    if (text === null) return null;
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !/^postgres(ql)?:$/.test(url.protocol))
      throw this.invalid("url", "is not a postgresql:// address");
    const part = (value: string | null): string | null =>
      value === null || value === "" ? null : decodeURIComponent(value);
    return {
      host: part(url.hostname.replace(/^\[(.*)\]$/, "$1")),
      port: part(url.port),
      user: part(url.username),
      password: part(url.password),
      database: part(url.pathname.slice(1)),
      sslmode: part(url.searchParams.get("sslmode")),
    };
  }

  /** Says which key is wrong and how, never what stands there. */
  invalid(key: string, how: string): ProjectError {
    return new ProjectError("connection_invalid", { params: { name: this.#name, key, how } });
  }
}

/** Throws `connection_unknown` with the nearest name. */
export const unknownConnection = (name: string, known: Iterable<string>): ProjectError =>
  new ProjectError("connection_unknown", {
    params: { name },
    next: `${suggestion(name, known)} Or add it to profiles.yml.`,
  });
