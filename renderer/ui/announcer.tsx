import type { ReactElement } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

const spoken = createStore<{ readonly words: string; readonly turn: number }>(() => ({ words: "", turn: 0 }));

/** Has a screen reader say something that others see happen. */
export const announce = (words: string): void => spoken.setState(({ turn }) => ({ words, turn: turn + 1 }));

/** The places that screen readers listen to; two of them, so that the same words twice are said twice. */
export const Announcer = (): ReactElement => {
  const { words, turn } = useStore(spoken);
  return (
    <div className="hidden-visually">
      <div role="status">{turn % 2 === 0 ? words : ""}</div>
      <div role="status">{turn % 2 === 1 ? words : ""}</div>
    </div>
  );
};
