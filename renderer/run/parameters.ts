import { text } from "../text/text.ts";

const flag = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const wordsOf = (key: string, value: unknown): readonly string[] => {
  if (key === "selectors") return Array.isArray(value) ? value.map(String) : [];
  if (key === "materialize") return value === false ? ["--no-materialize"] : [];
  if (key === "interval" && typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, moment]) => wordsOf(name, moment));
  }
  if (Array.isArray(value)) return value.length === 0 ? [] : [`${flag(key)} ${value.join(",")}`];
  if (value === true) return [flag(key)];
  if (value === false || value === null || value === undefined || key === "runId" || key === "verbose") return [];
  return [`${flag(key)} ${typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value)}`];
};

/** What a run was asked for, as the terminal's options would say it. */
export const parametersOf = (options: Readonly<Record<string, unknown>>): string => {
  const words = Object.entries(options).flatMap(([key, value]) => wordsOf(key, value));
  return words.length === 0 ? text.run.history.everything : words.join(" ");
};
