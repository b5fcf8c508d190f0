import { join } from "node:path";

import type { SqlHosts } from "../duckdb/sql-host.ts";
import type { EngineView } from "./project-outputs.ts";
import type { Tables } from "./tables.ts";

interface Places extends Omit<EngineView, "hosts"> {
  readonly targetPath: string;
  readonly hosts: () => Promise<SqlHosts>;
}

/** The tables of an engine; their code is loaded when one is first opened. */
export const lazyTables = ({ targetPath, hosts, ...view }: Places): Tables & Disposable => {
  let opened: (Tables & Disposable) | null = null;
  let opening: Promise<Tables & Disposable> | null = null;

  const open = async (): Promise<Tables & Disposable> => {
    const [{ openTables }, { projectOutputs }, previews] = await Promise.all([
      import("./open-tables.ts"),
      import("./project-outputs.ts"),
      hosts(),
    ]);
    const outputs = projectOutputs({ ...view, hosts: () => previews });
    opened = openTables({ outputs, hosts: previews, scratch: join(targetPath, "scratch") });
    return opened;
  };
  const get = (): Promise<Tables & Disposable> => (opening ??= open());

  return {
    expect: async () => (await get()).expect(),
    open: async (...args) => (await get()).open(...args),
    rows: async (...args) => (await get()).rows(...args),
    profile: async (...args) => (await get()).profile(...args),
    export: async (...args) => (await get()).export(...args),
    difference: async (...args) => (await get()).difference(...args),
    settled: async () => (await get()).settled(),
    [Symbol.dispose]: () => opened?.[Symbol.dispose](),
  };
};
