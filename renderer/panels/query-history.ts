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
