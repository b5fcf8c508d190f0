// Chromium clamps an element's height at 33,554,428 px, less when the page is zoomed: ten million rows are taller. So the
// element that scrolls has at most `tallest` pixels, and where that is not enough its scroll position is scaled.

/** Pixels that an element may have at any zoom. */
export const tallest = 6_000_000;

/** How far a table scrolls; positions are pixels of the table as if it were laid out whole. */
export interface ScrollScale {
  readonly rowHeight: number;
  /** Pixels in which rows are seen. */
  readonly viewport: number;
  /** Pixels of the element that scrolls. */
  readonly height: number;
  /** The greatest position. */
  readonly end: number;
  readonly isScaled: boolean;
}

export const scrollScale = (rows: number, rowHeight: number, viewport: number): ScrollScale => {
  const whole = rows * rowHeight;
  const isScaled = whole > tallest;
  return {
    rowHeight,
    viewport,
    height: isScaled ? tallest : whole,
    end: Math.max(0, whole - viewport),
    isScaled,
  };
};

const travel = ({ height, viewport }: ScrollScale): number => Math.max(0, height - viewport);

export const clampPosition = ({ end }: ScrollScale, position: number): number => Math.max(0, Math.min(end, position));

/** The position that the element's `scrollTop` stands for. */
export const positionAt = (scale: ScrollScale, scrollTop: number): number => {
  if (!scale.isScaled) return clampPosition(scale, scrollTop);
  const most = travel(scale);
  return most === 0 ? 0 : clampPosition(scale, (scrollTop / most) * scale.end);
};

/** The `scrollTop` that shows a position. */
export const scrollTopAt = (scale: ScrollScale, position: number): number => {
  const clamped = clampPosition(scale, position);
  return scale.isScaled ? (clamped / scale.end) * travel(scale) : clamped;
};

/** Rows that are at least partly seen: from the first one, before the last one. */
export const rowsAt = (
  { rowHeight, viewport }: ScrollScale,
  position: number,
  rows: number,
): { readonly from: number; readonly before: number } => {
  const from = Math.max(0, Math.floor(position / rowHeight));
  return { from: Math.min(from, rows), before: Math.min(rows, Math.ceil((position + viewport) / rowHeight)) };
};

/** The nearest position at which a row is seen whole. */
export const positionShowing = (scale: ScrollScale, position: number, row: number): number => {
  const top = row * scale.rowHeight;
  if (top < position) return clampPosition(scale, top);
  const bottom = top + scale.rowHeight;
  if (bottom > position + scale.viewport) return clampPosition(scale, bottom - scale.viewport);
  return position;
};
