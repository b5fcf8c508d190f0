import { createStore } from "zustand/vanilla";

import type { ColumnLineageView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { graph } from "../store/graph-store.ts";
import { project } from "../store/project-store.ts";
import { clearHighlight, showHighlight } from "../store/highlight-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";

interface Lit {
  /** The column whose path is lit; `null` for none. */
  readonly report: ColumnLineageView | null;
}

/** The column whose way through the pipeline is shown. */
export const lit = createStore<Lit>(() => ({ report: null }));

let asked = 0;

/** Asks for a column's way and lights it up; `null` when another was asked for meanwhile. */
const showPath = async (table: string, column: string): Promise<ColumnLineageView | null> => {
  const turn = ++asked;
  const report = await host()
    .call("lineage.columns", { table, column })
    .catch((error: unknown) => {
      if (turn === asked) throw error;
      return null;
    });
  if (report === null || turn !== asked) return null;
  lit.setState({ report });
  showHighlight({ nodes: new Set(report.nodes), wires: report.wires });
  return report;
};

/** Lights up a column's way on the canvas and tells it. */
export const lightColumn = async (table: string, column: string): Promise<void> => {
  follow();
  try {
    const report = await showPath(table, column);
    if (report === null) return;
    announce(text.lineage.lit(column, report.upstream.steps.length, report.downstream.steps.length));
  } catch (error) {
    showMessage(error);
  }
};

/** Forgets the lit column without a word: another one is about to take its place. */
export const dropColumn = (): void => {
  asked++;
  lit.setState({ report: null });
  clearHighlight();
};

/** Shows every card as it is again. */
export const clearColumn = (): void => {
  if (lit.getState().report === null) return;
  dropColumn();
  announce(text.lineage.cleared);
};

let isFollowing = false;

/** A path that a change of the pipeline may have made wrong is asked for again. */
const follow = (): void => {
  if (isFollowing) return;
  isFollowing = true;
  project.subscribe(({ revision }, former) => {
    const { report } = lit.getState();
    if (revision === former.revision || report === null) return;
    if (graph.slotOf(report.nodes[0] ?? "") < 0) clearColumn();
    else void lightAgain(report);
  });
};

const lightAgain = async ({ table, column }: ColumnLineageView): Promise<void> => {
  try {
    await showPath(table, column);
  } catch {
    // The column is gone, by another name perhaps.
    clearColumn();
  }
};
