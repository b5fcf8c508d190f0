import { host } from "../api.ts";

/** A table is about to be looked at, such as while a file is dragged in: what it takes to show it starts already. */
export const expectTable = (): void => {
  try {
    // Should either fail, the table itself tells of it.
    host()
      .call("table.expect", {})
      .catch(() => undefined);
    Promise.all([import("../grid/table-view.tsx"), import("../grid/load-piece.ts")]).catch(() => undefined);
  } catch {
    // Without a host there is nothing to prepare.
  }
};
