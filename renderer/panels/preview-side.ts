import { createStore } from "zustand/vanilla";

import { showTab } from "../store/layout-store.ts";

/** What the preview shows of a node: what it reads, what it gives, what moved. */
export type Side = "in" | "out" | "diff";

export const previewSide = createStore<{ readonly side: Side }>(() => ({ side: "out" }));

export const showSide = (side: Side): void => previewSide.setState({ side });

/** Opens the preview on a side; again on the difference goes back to the output. */
export const togglePreviewDifference = (): void => {
  showTab("bottom", "preview");
  showSide(previewSide.getState().side === "diff" ? "out" : "diff");
};
