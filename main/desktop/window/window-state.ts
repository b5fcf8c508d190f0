import type { Rectangle } from "electron";
import { z } from "zod";

import type { ElectronApi, ShellWindow } from "../electron-api.ts";
import { readJson, writeJson } from "../system/json-file.ts";

export const smallest = { width: 760, height: 520 } as const;
const usual = { width: 1600, height: 1000 } as const;
const most = 50;

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(smallest.width),
  height: z.int().min(smallest.height),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
const fileSchema = z.array(z.tuple([z.string(), placeSchema]));
type Place = z.infer<typeof placeSchema>;

/** Where a window is to open: without a position where the system likes it best. */
export type OpeningPlace = Partial<Place> & Pick<Place, "width" | "height">;

const overlaps = (place: Rectangle, area: Rectangle): boolean => {
  const width = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const height = Math.min(place.y + place.height, area.y + area.height) - Math.max(place.y, area.y);
  // Enough of it to be taken hold of.
  return width >= 100 && height >= 60;
};

/** Remembers where the window of each project stood; `""` is a window without one. */
export class WindowState {
  readonly #path: string;
  readonly #screen: ElectronApi["screen"];

  constructor(path: string, screen: ElectronApi["screen"]) {
    this.#path = path;
    this.#screen = screen;
  }

  /** The project's own place, else the last one of any; never on a screen that is gone. */
  placeFor(root: string): OpeningPlace {
    const known = readJson(this.#path, fileSchema, []);
    const place = known.find(([key]) => key === root)?.[1] ?? known[0]?.[1];
    const areas = this.#screen.getAllDisplays().map(({ workArea }) => workArea);
    if (place !== undefined && areas.some((area) => overlaps(place, area))) return place;
    const [first] = areas;
    return {
      width: Math.max(smallest.width, Math.min(usual.width, first?.width ?? usual.width)),
      height: Math.max(smallest.height, Math.min(usual.height, first?.height ?? usual.height)),
    };
  }

  remember(root: string, window: ShellWindow): void {
    if (window.isDestroyed() || window.isMinimized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const place = { x, y, width, height, isMaximized: window.isMaximized(), isFullScreen: window.isFullScreen() };
    const others = readJson(this.#path, fileSchema, []).filter(([key]) => key !== root);
    writeJson(this.#path, [[root, place], ...others].slice(0, most));
  }
}
