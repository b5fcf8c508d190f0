/** Fetches what the next steps need while nobody waits: a table's grid and a run's panel, so that neither is late. */
export const fetchAhead = (): void => {
  requestIdleCallback(() => {
    const ahead = [import("../grid/table-view.tsx"), import("../panels/run-panel.tsx")];
    // What does not come now comes when it is asked for, and says so if it cannot.
    for (const one of ahead) one.catch(() => undefined);
  });
};
