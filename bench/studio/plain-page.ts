import { inputsOf, layerOf } from "./make-project.ts";

/**
 * A page that is nothing but a canvas with the same cards, edges, groups and ground: what drawing them costs without a
 * studio around it. From afar it keeps a picture of everything and copies it, as anyone would; near, it draws the visible
 * cards in full. It picks a card up before it is measured.
 */
export const plainPage = (nodes: number, size: { readonly width: number; readonly height: number }): string => {
  const layer = layerOf(nodes);
  const edges = Array.from({ length: nodes }, (_, to) => inputsOf(to, layer).flatMap((from) => [from, to])).flat();
  return `<!doctype html><title>plain</title><style>body{margin:0}</style>
<canvas id="canvas" width="${size.width}" height="${size.height}"></canvas>
<script>${script.replace("NODES", String(nodes)).replace("LAYER", String(layer)).replace("EDGES", JSON.stringify(edges))}</script>`;
};

const script = `
const count = NODES, layer = LAYER, edges = Int32Array.from(EDGES);
const W = 248, H = 84, canvas = document.querySelector("#canvas"), context = canvas.getContext("2d", { alpha: false });
const xs = Float64Array.from({ length: count }, (_, i) => Math.floor(i / layer) * (W + 88));
const ys = Float64Array.from({ length: count }, (_, i) => (i % layer) * (H + 36));
const view = { x: 0, y: 0, zoom: 1 };
let kept = null, held = -1, heldEdges = [], wanted = false;
const right = Math.ceil(count / layer) * (W + 88), bottom = layer * (H + 36);
const fit = () => {
  const zoom = Math.max(0.02, Math.min(1, (canvas.width - 96) / right, (canvas.height - 96) / bottom));
  Object.assign(view, { zoom, x: (canvas.width - right * zoom) / 2, y: (canvas.height - bottom * zoom) / 2 });
};
const near = () => Object.assign(view, { zoom: 1, x: -right / 2, y: -bottom / 2 });
const groups = [
  { title: "Group", x: -28, y: -62, w: right * 0.25, h: bottom * 0.32 },
  { title: "Group", x: right * 0.8, y: bottom * 0.8, w: right * 0.2 - 60, h: bottom * 0.2 - 8 },
];
const drawGroups = (c, area) => {
  for (const { title, x, y, w, h } of groups) {
    if (x + w < area.l || x > area.r || y + h < area.t || y > area.b) continue;
    c.beginPath(); c.roundRect(x, y, w, h, 12);
    c.globalAlpha = 0.09; c.fillStyle = "#66757f"; c.fill(); c.globalAlpha = 1;
    c.strokeStyle = "#66757f"; c.lineWidth = 1 / Math.min(1, view.zoom); c.stroke();
    if (view.zoom < 0.08) continue;
    c.font = "600 " + Math.min(28, 13 / view.zoom) + "px sans-serif"; c.textBaseline = "middle";
    c.fillStyle = "#4a5a65"; c.fillText(title, x + 14, y + 18);
  }
};
const dot = new OffscreenCanvas(24, 24), dots = dot.getContext("2d", { alpha: false });
dots.fillStyle = "#eef1f3"; dots.fillRect(0, 0, 24, 24);
dots.fillStyle = "#c9d1d6"; dots.fillRect(0, 0, 1, 1);
const pattern = context.createPattern(dot, "repeat");
const drawGround = () => {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = "#eef1f3";
  if (view.zoom === 1) { context.fillStyle = pattern; pattern.setTransform(new DOMMatrix([1, 0, 0, 1, Math.round(view.x), Math.round(view.y)])); }
  context.fillRect(0, 0, canvas.width, canvas.height);
};
const trace = (c, from, to) => {
  const sx = xs[from] + W, sy = ys[from] + H / 2, ex = xs[to], ey = ys[to] + H / 2, bend = Math.max(32, Math.abs(ex - sx) / 2);
  c.moveTo(sx, sy); c.bezierCurveTo(sx + bend, sy, ex - bend, ey, ex, ey);
};
const strokeEdges = (c) => {
  c.strokeStyle = "#93a3ad"; c.lineWidth = 1.4 / Math.sqrt(view.zoom); c.stroke();
};
const drawEdges = (c, area) => {
  c.beginPath();
  for (let at = 0; at < edges.length; at += 2) {
    const from = edges[at], to = edges[at + 1];
    if (from === held || to === held) continue;
    const slack = 2 * W;
    if (Math.max(xs[from], xs[to]) + slack < area.l || Math.min(xs[from], xs[to]) - slack > area.r ||
        Math.max(ys[from], ys[to]) + slack < area.t || Math.min(ys[from], ys[to]) - slack > area.b) continue;
    trace(c, from, to);
  }
  strokeEdges(c);
};
const drawHeldEdges = (c) => {
  if (heldEdges.length === 0) return;
  c.beginPath();
  for (const [from, to] of heldEdges) trace(c, from, to);
  strokeEdges(c);
};
const shape = (c, i) => {
  c.fillStyle = "#fff"; c.fillRect(xs[i], ys[i], W, H);
  c.fillStyle = "#6a4bc4"; c.fillRect(xs[i], ys[i], 12, H);
  c.fillStyle = "#66757f"; c.fillRect(xs[i] + 12, ys[i] + H - 12, W - 12, 12);
  c.strokeStyle = "#8a979f"; c.lineWidth = 1 / view.zoom; c.strokeRect(xs[i], ys[i], W, H);
};
const full = (c, i) => {
  const x = xs[i], y = ys[i];
  c.beginPath(); c.roundRect(x, y, W, H, 8); c.fillStyle = "#fff"; c.fill();
  c.strokeStyle = "#8a979f"; c.lineWidth = 1; c.stroke();
  c.fillStyle = "#6a4bc4"; c.fillRect(x, y, 5, H);
  c.textBaseline = "middle";
  c.fillStyle = "#16212a"; c.font = "600 13px sans-serif"; c.fillText("n" + i, x + 37, y + 18);
  c.fillStyle = "#4a5a65"; c.font = "11px monospace"; c.fillText("join transform.n" + i + " using (id)", x + 14, y + 41);
  c.font = "11px sans-serif"; c.fillText("12 cols · 3 rows · 3 ms", x + 14, y + 66);
  c.fillStyle = "#93a3ad";
  for (const px of [x, x + W]) { c.beginPath(); c.arc(px, y + H / 2, 6, 0, 7); c.fill(); }
  c.beginPath(); c.arc(x + 229, y + 18, 7, 0, 7); c.stroke();
};
const keep = () => {
  const picture = new OffscreenCanvas(canvas.width, canvas.height), c = picture.getContext("2d", { alpha: false });
  c.fillStyle = "#eef1f3"; c.fillRect(0, 0, canvas.width, canvas.height);
  c.setTransform(view.zoom, 0, 0, view.zoom, view.x, view.y);
  const all = { l: -1e9, t: -1e9, r: 1e9, b: 1e9 };
  drawGroups(c, all); drawEdges(c, all);
  for (let i = 0; i < count; i++) if (i !== held) shape(c, i);
  kept = { picture, x: view.x, y: view.y, held };
};
const paint = () => {
  wanted = false;
  drawGround();
  const area = { l: -view.x / view.zoom, t: -view.y / view.zoom, r: (canvas.width - view.x) / view.zoom, b: (canvas.height - view.y) / view.zoom };
  if (view.zoom < 0.15) {
    if (kept === null || kept.held !== held) keep();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(kept.picture, Math.round(view.x - kept.x), Math.round(view.y - kept.y));
    context.setTransform(view.zoom, 0, 0, view.zoom, view.x, view.y);
    if (held >= 0) { drawHeldEdges(context); shape(context, held); }
    return;
  }
  context.setTransform(view.zoom, 0, 0, view.zoom, view.x, view.y);
  drawGroups(context, area); drawEdges(context, area); drawHeldEdges(context);
  for (let i = 0; i < count; i++) {
    if (xs[i] + W < area.l || xs[i] > area.r || ys[i] + H < area.t || ys[i] > area.b) continue;
    full(context, i);
  }
};
const schedule = () => { if (!wanted) { wanted = true; requestAnimationFrame(paint); } };
canvas.addEventListener("wheel", (event) => { view.x -= event.deltaX; view.y -= event.deltaY; schedule(); });
canvas.addEventListener("pointermove", (event) => {
  if (held < 0) return;
  xs[held] += event.movementX / view.zoom; ys[held] += event.movementY / view.zoom; schedule();
});
window.plain = { fit() { fit(); kept = null; schedule(); }, near() { near(); schedule(); },
  take() {
    held = Math.floor(count / 2); heldEdges = [];
    for (let at = 0; at < edges.length; at += 2) if (edges[at] === held || edges[at + 1] === held) heldEdges.push([edges[at], edges[at + 1]]);
    schedule();
  },
  drop() { held = -1; heldEdges = []; schedule(); } };
fit(); schedule();
`;
