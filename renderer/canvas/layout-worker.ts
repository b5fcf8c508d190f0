// Lays out a graph away from the window's own thread.
import { layeredLayout, type LayoutInput, type LayoutSpacing } from "./layered-layout.ts";

addEventListener("message", ({ data }: MessageEvent<{ input: LayoutInput; spacing: LayoutSpacing }>) => {
  postMessage(layeredLayout(data.input, data.spacing));
});
