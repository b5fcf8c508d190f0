import { HeadraceError, type ErrorCode, type ErrorParams } from "../../../shared/errors/index.ts";
import type { PostgresConnection } from "../project/project.ts";
import { describeConnection } from "./connection-url.ts";

const textOf = (error: unknown, key: string): string => {
  if (typeof error !== "object" || error === null || !(key in error)) return "";
  const value: unknown = Reflect.get(error, key);
  return typeof value === "string" ? value : "";
};

const bySqlstate: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^28/, "postgres_password_wrong"],
  [/^3D000$/, "postgres_database_missing"],
  [/^42501$/, "postgres_permission_denied"],
  [/^(08|57P|53300)/, "postgres_unreachable"],
];
const networkCodes = /^(ECONN|ENOTFOUND|ETIMEDOUT|EHOST|ENET|EAI_|EPIPE|ENOENT|EACCES)/;
const networkMessages = /timeout expired|Connection terminated|not queryable|closed the connection/i;
const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_OSSL)/;

const codeFor = (state: string, message: string): ErrorCode => {
  const known = bySqlstate.find(([pattern]) => pattern.test(state));
  if (known !== undefined) return known[1];
  if (tlsCodes.test(state) || /does not support SSL|self.signed certificate|certificate/i.test(message)) {
    return "postgres_ssl_failed";
  }
  if (networkCodes.test(state) || networkMessages.test(message)) return "postgres_unreachable";
  if (message.startsWith("SASL")) return "postgres_password_wrong";
  return "postgres_failed";
};

/** Several addresses of one host fail as one AggregateError without a message of its own. */
const messageOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === "") {
    return [...new Set(error.errors.map(messageOf))].join("; ");
  }
  if (!(error instanceof Error)) return String(error);
  const detail = textOf(error, "detail");
  return detail === "" ? error.message : `${error.message} (${detail})`;
};

/** SQLSTATE (or the system's code) of an error of `pg`, also through our own wrapping; "" when there is none. */
export const sqlstateOf = (error: unknown): string => {
  if (error instanceof HeadraceError) return textOf(error.params, "sqlstate") || sqlstateOf(error.cause);
  return textOf(error, "code");
};

/** Wraps whatever `pg` threw, once, with where it happened; the password is never part of it. */
export const postgresError = (error: unknown, connection: PostgresConnection): HeadraceError => {
  if (error instanceof HeadraceError) return error;
  const state = sqlstateOf(error);
  const message = messageOf(error);
  const secret = connection.password;
  const detail = secret === null || secret.length < 6 ? message : message.replaceAll(secret, "…");
  const params: ErrorParams = {
    where: describeConnection(connection),
    user: connection.user,
    database: connection.database,
    sslmode: connection.sslmode,
    sqlstate: state,
    detail,
  };
  return new HeadraceError(codeFor(state, message), { params }, { cause: error });
};
