// `${VAR}`, `${VAR:default}` and `${secret:name}` in profiles. Values never reach an error's text.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

import { ProjectError } from "../../../../shared/errors/index.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's variables over those of the project's `.env`. */
export const readEnvironment = (root: string, environment: Environment): Environment => {
  try {
    const file = parseEnv(readFileSync(join(root, ".env"), "utf8"));
    return { ...file, ...environment };
  } catch {
    // No .env, or one that cannot be read: a missing variable is told where it is used.
    return environment;
  }
};

/** The variable that stands in for a secret in the terminal. */
const secretVariable = (name: string): string => `HEADRACE_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;

export interface Substitution {
  readonly environment: Environment;
  readonly secret: ((name: string) => Promise<string | null>) | undefined;
  /** Called with the name of each variable that was looked at. */
  readonly onVariable?: ((name: string) => void) | undefined;
}

const holePattern =
  /\$\$\{|\$\{secret:([^}]+)\}|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-?([^}]*))?\}|\{\{\s*env_var\(\s*['"]([A-Za-z_][A-Za-z0-9_]*)['"]\s*(?:,\s*['"]([^'"]*)['"]\s*)?\)\s*\}\}/g;

/**
 * A text with its variables and secrets filled in; `$${` is `${` itself, and dbt's `{{ env_var('NAME') }}` is read too.
 * Throws `variable_missing`, `secret_unavailable`; `where` names the key for the message.
 */
export const substitute = async (text: string, where: string, options: Substitution): Promise<string> => {
  let filled = "";
  let from = 0;
  for (const hole of text.matchAll(holePattern)) {
    filled += text.slice(from, hole.index) + (await holeValue(hole, where, options));
    from = hole.index + hole[0].length;
  }
  return filled + text.slice(from);
};

const holeValue = async (hole: RegExpExecArray, where: string, options: Substitution): Promise<string> => {
  if (hole[0] === "$${") return "${";
  const [, secret, shell, shellDefault, jinja, jinjaDefault] = hole;
  if (secret !== undefined) return secretValue(secret.trim(), where, options);
  const name = shell ?? jinja ?? "";
  options.onVariable?.(name);
  const value = options.environment[name];
  if (value !== undefined && value !== "") return value;
  const otherwise = shellDefault ?? jinjaDefault ?? value;
  if (otherwise !== undefined) return otherwise;
  throw new ProjectError("variable_missing", { params: { variable: name, where } });
};

const secretValue = async (name: string, where: string, options: Substitution): Promise<string> => {
  const variable = secretVariable(name);
  const value = options.environment[variable] ?? (await options.secret?.(name)) ?? null;
  if (value === null) throw new ProjectError("secret_unavailable", { params: { name, where, variable } });
  return value;
};
