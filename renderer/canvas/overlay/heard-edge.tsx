import type { ReactElement } from "react";

import { edgeText } from "../../text/canvas-text.ts";
import type { CanvasEdge } from "../canvas-hooks.ts";

/** The id of the selected edge's option, for `aria-activedescendant`. */
export const heardEdgeId = "heard-edge";

/** The selected edge, for whoever hears the canvas: edges themselves are drawn. */
export const HeardEdge = ({ edge: { from, to } }: { readonly edge: CanvasEdge }): ReactElement => (
  <div id={heardEdgeId} className="canvas-heard" role="option" aria-selected="true" data-edge={`${from} ${to}`}>
    {edgeText.heard(from, to)}
  </div>
);
