import { cardHeight, cardWidth } from "./graph-store.ts";

/** From one card's corner to the next one's, in canvas units. */
export const layoutSpacing = { column: cardWidth + 88, row: cardHeight + 36 };
