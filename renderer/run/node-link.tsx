import type { ReactElement } from "react";

import { reveal } from "../canvas/viewport.ts";
import { graph } from "../store/graph-store.ts";

/** Selects a node and brings it into view. */
export const goToNode = (id: string): void => {
  graph.select([id]);
  reveal(id);
};

/** A node's id that leads to its card; plain words when it is no longer there. */
export const NodeLink = ({ id }: { readonly id: string }): ReactElement =>
  graph.slotOf(id) < 0 ? (
    <span>{id}</span>
  ) : (
    <button type="button" className="link" onClick={() => goToNode(id)}>
      {id}
    </button>
  );
