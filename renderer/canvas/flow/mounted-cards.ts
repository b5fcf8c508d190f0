import { useCallback, useSyncExternalStore } from "react";

import { Channels } from "../../store/channels.ts";

const mounted = new Set<string>();
const channels = new Channels<string>();
let all: () => void = () => undefined;

/** Cards that stand in the page as elements now: the canvas layer draws all others. */
export const isMounted = (id: string): boolean => mounted.has(id);

/** Called by a card's element when it comes; returns what to call when it goes. */
export const cardMounted = (id: string): (() => void) => {
  mounted.add(id);
  channels.tell(id);
  all();
  return () => {
    mounted.delete(id);
    channels.tell(id);
    all();
  };
};

/** Calls the one listener (whoever draws the others) when cards come or go. */
export const onMountedChange = (listener: () => void): (() => void) => {
  all = listener;
  return () => {
    all = () => undefined;
  };
};

/** Whether a card is an element now, again when that changes. */
export const useIsMounted = (id: string): boolean =>
  useSyncExternalStore(
    useCallback((wake) => channels.on(id, wake), [id]),
    () => mounted.has(id),
  );
