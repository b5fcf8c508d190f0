/** A rectangle in canvas units. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const cellSize = 1024;
/** Cells are numbered by row and column within ± this many of the middle: 2^21 cells of 1024 units either way. */
const reach = 2 ** 21;

const cellOf = (position: number): number => Math.floor(position / cellSize);
const keyOf = (column: number, row: number): number => (column + reach) * reach * 2 + (row + reach);

/** Which cards lie near a place, without looking at all of them. A card is filed under its upper left corner. */
export class SpatialGrid {
  readonly #cells = new Map<number, number[]>();

  add(slot: number, x: number, y: number): void {
    const key = keyOf(cellOf(x), cellOf(y));
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, [slot]);
    else cell.push(slot);
  }

  remove(slot: number, x: number, y: number): void {
    const key = keyOf(cellOf(x), cellOf(y));
    const cell = this.#cells.get(key);
    const at = cell?.indexOf(slot) ?? -1;
    if (cell === undefined || at < 0) return;
    const last = cell.pop();
    if (last !== undefined && at < cell.length) cell[at] = last;
    if (cell.length === 0) this.#cells.delete(key);
  }

  move(slot: number, fromX: number, fromY: number, toX: number, toY: number): void {
    if (cellOf(fromX) === cellOf(toX) && cellOf(fromY) === cellOf(toY)) return;
    this.remove(slot, fromX, fromY);
    this.add(slot, toX, toY);
  }

  /** Slots filed in any cell that the rectangle touches; the caller decides exactly. */
  candidates(area: Rectangle, into: number[]): number[] {
    into.length = 0;
    const columns = cellOf(area.right) - cellOf(area.left) + 1;
    const rows = cellOf(area.bottom) - cellOf(area.top) + 1;
    if (columns * rows > this.#cells.size) for (const cell of this.#cells.values()) into.push(...cell);
    else this.#collect(area, into);
    return into;
  }

  #collect(area: Rectangle, into: number[]): void {
    for (let column = cellOf(area.left); column <= cellOf(area.right); column++) {
      for (let row = cellOf(area.top); row <= cellOf(area.bottom); row++) {
        const cell = this.#cells.get(keyOf(column, row));
        if (cell !== undefined) for (const slot of cell) into.push(slot);
      }
    }
  }

  clear(): void {
    this.#cells.clear();
  }
}
