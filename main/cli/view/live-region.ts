import type { Terminal } from "../terminal.ts";
import { textWidth, truncate } from "../text/width.ts";

const frameMilliseconds = 100;

/** A line of the region: plain text and how to colour it once it is cut to the terminal's width. */
export interface LiveLine {
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
}

/** Lines at the bottom of a terminal that are redrawn in place, with finished lines scrolling away above them. */
export interface LiveRegion extends Disposable {
  /** Prints lines above the region, for good, with the next frame. */
  above(lines: readonly string[]): void;
  /** Draws again at once; otherwise it happens ten times a second. */
  refresh(): void;
}

/**
 * `draw(rows)` gives at most `rows` lines. The region never grows beyond the terminal's height less one, since lines
 * that have scrolled off cannot be redrawn; lines are cut to the width, since a wrapped one would count twice.
 */
export function liveRegion(terminal: Terminal, draw: (rows: number) => readonly LiveLine[]): LiveRegion {
  let drawn: readonly string[] = [];
  let waiting: string[] = [];
  let open = true;

  const clear = (): string => {
    // After the terminal became narrower, lines drawn before take several rows each.
    const columns = terminal.columns() ?? 80;
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / columns)), 0);
    return rows === 0 ? "" : `\r${rows > 1 ? `\u001B[${rows - 1}A` : ""}\u001B[J`;
  };

  const takeWaiting = (): string => {
    const text = waiting.map((line) => `${line}\n`).join("");
    waiting = [];
    return text;
  };

  const render = (): void => {
    if (!open) return;
    const room = Math.max(1, terminal.rows() - 1);
    const width = Math.max(1, (terminal.columns() ?? 80) - 1);
    const lines = draw(room)
      .slice(0, room)
      .map(({ text, paint }) => (paint ?? String)(truncate(text, width)));
    terminal.write(`${clear()}${takeWaiting()}${lines.join("\n")}`);
    drawn = lines;
  };

  terminal.write("\u001B[?25l");
  const timer = setInterval(render, frameMilliseconds);
  timer.unref();
  const stopResize = terminal.onResize(render);

  return {
    above: (lines) => void waiting.push(...lines),
    refresh: render,
    [Symbol.dispose]() {
      if (!open) return;
      clearInterval(timer);
      stopResize();
      terminal.write(`${clear()}${takeWaiting()}\u001B[?25h`);
      drawn = [];
      open = false;
    },
  };
}
