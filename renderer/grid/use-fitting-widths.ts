import { useCallback, useRef } from "react";

import { fittingWidth } from "./columns-layout.ts";
import type { TableModel } from "./use-table.ts";

/** Rows whose values say how wide a column is to be. */
const lookedRows = 40;

/** Widths that show most values; each is settled once, when the column's first values are there. */
export const useFittingWidths = ({ opened, cache }: TableModel): ((place: number) => number) => {
  const settled = useRef(new Map<string, number>());
  return useCallback(
    (place) => {
      const column = opened?.columns[place];
      if (column === undefined) return fittingWidth({ name: "", type: "" }, 0);
      const key = `${column.name} ${column.type}`;
      const known = settled.current.get(key);
      if (known !== undefined) return known;
      let longest = 0;
      let isKnown = false;
      for (let row = 0; row < Math.min(lookedRows, opened?.rows ?? 0); row++) {
        const cell = cache?.cell(row, place) ?? null;
        if (cell === null) break;
        isKnown = true;
        longest = Math.max(longest, cell.text?.length ?? 4);
      }
      const width = fittingWidth(column, longest);
      if (isKnown) settled.current.set(key, width);
      return width;
    },
    [opened, cache],
  );
};
