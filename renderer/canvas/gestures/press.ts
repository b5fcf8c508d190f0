import { graph } from "../../store/graph-store.ts";
import { canvasPointAt, type CanvasPoint } from "../canvas-hooks.ts";
import { selectEdge } from "../edge-selection.ts";
import { handMoves } from "../motion.ts";
import { panBy } from "../viewport.ts";
import { type Drag, dragSelection } from "./drag-cards.ts";
import { dragNote } from "./drag-note.ts";
import { lasso, type LassoBox } from "./lasso.ts";
import { type Target, targetAt } from "./target.ts";

/** A hand that moved less than this clicked. */
const threshold = 4;

export interface GestureCallbacks {
  /** The lasso in pixels of the canvas element, `null` when it ends. */
  readonly lasso: (box: LassoBox | null) => void;
  /** A card was clicked and not dragged. */
  readonly clicked: (id: string) => void;
}

/** One press on the canvas: what it is on decides what moving does. */
export class Press {
  readonly #callbacks: GestureCallbacks;
  readonly #target: Target;
  readonly #isAdding: boolean;
  readonly #isLasso: boolean;
  /** What was selected before. */
  readonly #before = graph.selection;
  readonly #start: CanvasPoint;
  #x: number;
  #y: number;
  #moved = false;
  #drag: Drag | null = null;

  constructor(event: PointerEvent, callbacks: GestureCallbacks) {
    this.#callbacks = callbacks;
    this.#start = canvasPointAt(event.clientX, event.clientY);
    this.#target = event.button === 0 ? targetAt(this.#start) : { type: "ground" };
    this.#isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    const { type } = this.#target;
    this.#isLasso = event.shiftKey && event.button === 0 && type !== "card" && type !== "group";
    [this.#x, this.#y] = [event.clientX, event.clientY];
    this.#selectPressed();
  }

  move({ clientX, clientY }: PointerEvent): void {
    const [dx, dy] = [clientX - this.#x, clientY - this.#y];
    if (!this.#moved && Math.hypot(dx, dy) < threshold) return;
    this.#moved = true;
    [this.#x, this.#y] = [clientX, clientY];
    if (!this.#isLasso) handMoves();
    if (this.#target.type === "ground" || this.#target.type === "edge") {
      if (!this.#isLasso) return panBy(dx, dy);
    } else this.#drag ??= this.#pickUp();
    this.follow();
  }

  /** What is in the hand stays under it, also when it is the canvas that moved. */
  follow(): void {
    const at = canvasPointAt(this.#x, this.#y);
    if (this.#drag !== null) this.#drag.to(at);
    else if (this.#isLasso && this.#moved) this.#callbacks.lasso(lasso(this.#start, at, this.#before));
  }

  release(): void {
    this.#callbacks.lasso(null);
    if (this.#drag !== null) this.#drag.drop();
    else if (!this.#moved) this.#click();
  }

  /** Puts back what is in the hand, or selects what was selected before a lasso; `false` when there is neither. */
  cancel(): boolean {
    this.#callbacks.lasso(null);
    this.#drag?.cancel();
    const isTaken = this.#isLasso && this.#moved;
    if (isTaken) graph.select(this.#before);
    return this.#drag !== null || isTaken;
  }

  #pickUp(): Drag | null {
    return this.#target.type === "note"
      ? dragNote(this.#target.id, this.#target.isCorner, this.#start)
      : dragSelection(this.#start);
  }

  #selectPressed(): void {
    const ids = idsOf(this.#target);
    if (ids.length === 0) return;
    const isSelected = ids.every((id) => this.#before.has(id));
    if (!this.#isAdding) {
      if (!isSelected) graph.select(ids);
    } else if (isSelected) graph.select([...this.#before].filter((id) => !ids.includes(id)));
    else graph.select([...this.#before, ...ids]);
  }

  #click(): void {
    if (this.#isAdding) return;
    const target = this.#target;
    if (target.type === "card" || target.type === "group") graph.select(idsOf(target));
    else {
      graph.select([]);
      selectEdge(target.type === "edge" ? target.edge : null);
    }
    if (target.type === "card") this.#callbacks.clicked(target.id);
  }
}

const idsOf = (target: Target): readonly string[] =>
  target.type === "card" ? [target.id] : target.type === "group" ? target.group.members : [];
