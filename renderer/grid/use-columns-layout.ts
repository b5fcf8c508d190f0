import { useCallback, useEffect, useState } from "react";
import { z } from "zod";

import { host } from "../api.ts";
import { type ColumnsLayout, columnsLayoutSchema, plainLayout } from "./columns-layout.ts";

const key = "columns";
const remembered = z.record(z.string(), columnsLayoutSchema);
const mostTables = 300;

/** Layouts of every table of this project; `null` until they were asked for. */
let known: Promise<Map<string, ColumnsLayout>> | null = null;
let knownOf: unknown = null;

const recall = (): Promise<Map<string, ColumnsLayout>> => {
  const client = host();
  // Another client is another project, or the same one after a restart.
  if (known !== null && knownOf === client) return known;
  knownOf = client;
  known = client.call("settings.get", {}).then(
    ({ project }) => new Map(Object.entries(remembered.safeParse(project[key]).data ?? {})),
    () => new Map(),
  );
  return known;
};

const save = async (name: string, layout: ColumnsLayout): Promise<void> => {
  const all = await recall();
  all.delete(name);
  all.set(name, layout);
  for (const oldest of [...all.keys()].slice(0, Math.max(0, all.size - mostTables))) all.delete(oldest);
  // What cannot be remembered is not worth a message: the next change tries again.
  await host()
    .call("settings.put", { scope: "project", key, value: Object.fromEntries(all) })
    .catch(() => undefined);
};

/** The columns' order, widths and so on of a table, remembered by its name; `null` remembers nothing. */
export const useColumnsLayout = (
  name: string | null,
): readonly [ColumnsLayout, (change: (former: ColumnsLayout) => ColumnsLayout) => void] => {
  const [state, setState] = useState({ name, layout: plainLayout });
  const layout = state.name === name ? state.layout : plainLayout;
  useEffect(() => {
    let isCurrent = true;
    if (name === null) return undefined;
    const restore = async (): Promise<void> => {
      const found = (await recall()).get(name);
      if (isCurrent && found !== undefined) setState({ name, layout: found });
    };
    restore().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [name]);
  const change = useCallback(
    (next: (former: ColumnsLayout) => ColumnsLayout): void =>
      setState((before) => {
        const former = before.name === name ? before.layout : plainLayout;
        const changed = next(former);
        if (name !== null && changed !== former) void save(name, changed);
        return { name, layout: changed };
      }),
    [name],
  );
  return [layout, change];
};
