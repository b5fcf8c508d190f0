import type { CDPSession, Page } from "@playwright/test";

export interface Driven {
  /** Main-thread milliseconds a frame. */
  readonly cpu: number;
  /** 95th percentile of the time between frames, in milliseconds. */
  readonly p95: number;
}

/** What is done once a frame, to which element. */
export interface Motion {
  readonly target: string;
  readonly type: "wheel" | "pointermove";
  /** Pixels a frame; the way back follows the way there. */
  readonly dx: number;
  readonly dy: number;
}

const frames = 60;

/** CPU seconds of the page's main thread so far. */
export const taskSeconds = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
};

/** Moves for so many frames there and back, and says what each cost. */
export const drive = async (page: Page, session: CDPSession, motion: Motion): Promise<Driven> => {
  const before = await taskSeconds(session);
  const times = await page.evaluate(move, { ...motion, frames });
  const after = await taskSeconds(session);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    cpu: ((after - before) * 1000) / times.length,
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
  };
};

/** Runs in the page: one event a frame, and the time of each frame. */
const move = ({ target, type, dx, dy, frames: count }: Motion & { readonly frames: number }): Promise<number[]> => {
  const element = document.querySelector(target);
  const box = element?.getBoundingClientRect() ?? new DOMRect();
  let [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const times: number[] = [];
  return new Promise((resolve) => {
    const frame = (time: number): void => {
      times.push(time);
      if (times.length > 2 * count) return resolve(times);
      const way = times.length <= count ? 1 : -1;
      x += dx * way;
      y += dy * way;
      const place = { clientX: x, clientY: y, bubbles: true, cancelable: true };
      element?.dispatchEvent(
        type === "wheel"
          ? new WheelEvent("wheel", { ...place, deltaX: dx * way, deltaY: dy * way })
          : new PointerEvent("pointermove", {
              ...place,
              movementX: dx * way,
              movementY: dy * way,
              buttons: 1,
              pointerId: 1,
            }),
      );
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
};
