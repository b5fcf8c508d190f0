import { z } from "zod";
import { createStore } from "zustand/vanilla";

const side = z.object({ isOpen: z.boolean(), size: z.number(), tab: z.string() });

/** What a window remembers of a project's layout; what is not there keeps its default. */
export const layoutSchema = z.object({
  left: side,
  right: side,
  bottom: side.extend({ isMaximised: z.boolean() }),
  /** Whether the overview map is on the canvas. */
  minimap: z.boolean().default(true),
});
export type Layout = z.output<typeof layoutSchema>;
export type Area = "left" | "right" | "bottom";

export const smallestSize: Readonly<Record<Area, number>> = { left: 180, right: 240, bottom: 120 };

const initial: Layout = {
  left: { isOpen: true, size: 260, tab: "outline" },
  right: { isOpen: true, size: 380, tab: "settings" },
  bottom: { isOpen: true, size: 320, tab: "preview", isMaximised: false },
  minimap: true,
};

/** Which areas are open, how large, and on which tab. */
export const layout = createStore<Layout>(() => initial);

export const resizeArea = (area: Area, size: number): void =>
  layout.setState((state) => ({ [area]: { ...state[area], size } }));

export const toggleArea = (area: Area): void =>
  layout.setState((state) => ({ [area]: { ...state[area], isOpen: !state[area].isOpen } }));

/** Opens an area on a tab. */
export const showTab = (area: Area, tab: string): void =>
  layout.setState((state) => ({ [area]: { ...state[area], isOpen: true, tab } }));

export const toggleMaximised = (): void =>
  layout.setState(({ bottom }) => ({ bottom: { ...bottom, isOpen: true, isMaximised: !bottom.isMaximised } }));

export const toggleMinimap = (): void => layout.setState(({ minimap }) => ({ minimap: !minimap }));
