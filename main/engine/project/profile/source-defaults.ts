import { ProjectError } from "../../../../shared/errors/index.ts";
import { isSecretKey } from "../tell-secrets.ts";
import type { Raw } from "./profile-file.ts";
import { type Environment, substitute } from "./variables.ts";

/**
 * The defaults of one type of source with variables filled in. They become part of nodes, which are stored:
 * a password has no place among them. Throws `secret_in_defaults`, `variable_missing`.
 */
export const resolveDefaults = async (
  type: string,
  raw: Raw,
  environment: Environment,
  onVariable: (name: string) => void,
): Promise<Raw> => {
  const resolved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    const where = `source_defaults.${type}.${key}`;
    if (isSecretKey(key) || (typeof value === "string" && value.includes("${secret:"))) {
      throw new ProjectError("secret_in_defaults", { params: { where } });
    }
    resolved[key] =
      typeof value === "string"
        ? await substitute(value, where, { environment, secret: undefined, onVariable })
        : value;
  }
  return resolved;
};
