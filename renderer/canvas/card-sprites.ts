import { cardHeight, cardWidth, type GraphNode } from "../store/graph-store.ts";
import type { Colours } from "./picture.ts";

/** Ports and borders stand out this far, in canvas units. */
const outX = 10;
const outY = 4;
const mostKept = 400;

interface Sprite {
  readonly node: GraphNode;
  readonly zoom: number;
  readonly isSelected: boolean;
  readonly colours: Colours;
  readonly bitmap: ImageBitmap;
}

/** What a sprite has to be a picture of. */
export interface SpriteOf {
  readonly slot: number;
  readonly node: GraphNode;
  /** Pixels of the device a canvas unit. */
  readonly zoom: number;
  readonly isSelected: boolean;
  readonly colours: Colours;
}

/** Pictures of cards in full, so that a moving canvas copies each instead of drawing its texts and icons in every frame. */
export class CardSprites {
  readonly #sprites = new Map<number, Sprite>();

  /** Puts the card on a canvas whose transform maps device pixels; draws its picture first where it has changed. */
  put(
    onto: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    at: { readonly x: number; readonly y: number },
    of: SpriteOf,
    draw: (context: OffscreenCanvasRenderingContext2D) => void,
  ): void {
    const known = this.#sprites.get(of.slot);
    const bitmap = known !== undefined && isSame(known, of) ? known.bitmap : this.#make(of, draw);
    if (bitmap === null) return;
    onto.drawImage(bitmap, Math.round(at.x - outX * of.zoom), Math.round(at.y - outY * of.zoom));
  }

  /** A card's state changed. */
  touch(slot: number): void {
    this.#sprites.get(slot)?.bitmap.close();
    this.#sprites.delete(slot);
  }

  forget(): void {
    for (const { bitmap } of this.#sprites.values()) bitmap.close();
    this.#sprites.clear();
  }

  #make(of: SpriteOf, draw: (context: OffscreenCanvasRenderingContext2D) => void): ImageBitmap | null {
    if (this.#sprites.size >= mostKept) this.forget();
    const canvas = new OffscreenCanvas(
      Math.ceil((cardWidth + 2 * outX) * of.zoom),
      Math.ceil((cardHeight + 2 * outY) * of.zoom),
    );
    const context = canvas.getContext("2d");
    if (context === null) return null;
    context.setTransform(of.zoom, 0, 0, of.zoom, outX * of.zoom, outY * of.zoom);
    draw(context);
    const { node, zoom, isSelected, colours } = of;
    const bitmap = canvas.transferToImageBitmap();
    this.touch(of.slot);
    this.#sprites.set(of.slot, { node, zoom, isSelected, colours, bitmap });
    return bitmap;
  }
}

const isSame = (sprite: Sprite, of: SpriteOf): boolean =>
  sprite.node === of.node &&
  sprite.zoom === of.zoom &&
  sprite.isSelected === of.isSelected &&
  sprite.colours === of.colours;
