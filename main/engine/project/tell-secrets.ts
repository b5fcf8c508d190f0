import type { YamlPath } from "../../../shared/yaml/index.ts";

/** Keys whose values open something. */
export const isSecretKey = (key: string): boolean => /pass(word|wd)?$|secret|token$|api_?key|credential/i.test(key);

/** `${NAME}`, `{NAME}` and `{{ name }}` stand for a secret, they are none. */
const isPlaceholder = (text: string): boolean => /^\s*(Bearer\s+)?[${]/.test(text);

/** Paths of a node's params that hold a password in plain text, also inside of an address. */
export const secretsIn = (params: unknown, path: YamlPath = ["params"]): readonly YamlPath[] => {
  if (typeof params !== "object" || params === null) return [];
  return Object.entries(params).flatMap(([key, value]: [string, unknown]) => {
    const inner = [...path, Array.isArray(params) ? Number(key) : key];
    if (typeof value !== "string") return secretsIn(value, inner);
    const isSecret = isSecretKey(key) && value !== "" && !isPlaceholder(value);
    return isSecret || /^[a-z][a-z0-9+]*:\/\/[^/\s:@]*:[^/\s@${]+@/i.test(value) ? [inner] : [];
  });
};
