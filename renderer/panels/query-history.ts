import { z } from "zod";
import { createStore } from "zustand/vanilla";

import { host } from "../api.ts";

const key = "queries";
const most = 100;
const schema = z.array(z.string().max(100_000));

/** Queries that were asked, newest first, remembered with the project; `null` until they were looked for. */
export const queryHistory = createStore<{ readonly queries: readonly string[] | null }>(() => ({ queries: null }));

/** Looks for what was remembered, once. */
export const recallQueries = async (): Promise<void> => {
  if (queryHistory.getState().queries !== null) return;
  const { project } = await host().call("settings.get", {});
  queryHistory.setState(({ queries }) => ({ queries: queries ?? schema.safeParse(project[key]).data ?? [] }));
};

const typedKey = "query";
const settle = 500;
let timer: ReturnType<typeof setTimeout> | null = null;

/** The text that stood in the editor when the project was open last. */
export const recallTyped = async (): Promise<string> => {
  const { project } = await host().call("settings.get", {});
  return z.string().safeParse(project[typedKey]).data ?? "";
};

/** Remembers what is typed, asked or not, a moment later: it is no file's text that would be saved. */
export const rememberTyped = (sql: () => string): void => {
  timer ??= setTimeout(() => {
    timer = null;
    Promise.resolve()
      .then(() => host().call("settings.put", { scope: "project", key: typedKey, value: sql() }))
      .catch(() => undefined);
  }, settle);
};

const keep = (queries: readonly string[]): void => {
  queryHistory.setState({ queries });
  // What cannot be remembered is still there in this window.
  host()
    .call("settings.put", { scope: "project", key, value: [...queries] })
    .catch(() => undefined);
};

export const rememberQuery = (sql: string): void =>
  keep([sql, ...(queryHistory.getState().queries ?? []).filter((other) => other !== sql)].slice(0, most));

export const forgetQueries = (): void => keep([]);
