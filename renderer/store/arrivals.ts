import { createStore } from "zustand/vanilla";

/** A file that becomes a source: its first rows are shown until all of it was read. */
export interface Arrival {
  /** The node that it will be. */
  readonly id: string;
  /** Under which its first rows are read; `null` until there are some. */
  readonly upload: string | null;
  readonly file: string;
  /** What was selected when it came: whoever selects something else looks at that. */
  readonly before: string | null;
}

/** The file that was brought in last. */
export const arrivals = createStore<{ readonly arrival: Arrival | null }>(() => ({ arrival: null }));

/** Shows a file that begins to come in. */
export const beginArrival = (arrival: Arrival): void => arrivals.setState({ arrival });

/** What is known of it now, unless another one came after it. */
export const tellArrival = (id: string, news: Partial<Arrival>): void =>
  arrivals.setState(({ arrival }) => ({ arrival: arrival?.id === id ? { ...arrival, ...news } : arrival }));

/** It came to nothing, or all of it was read. */
export const endArrival = (id: string): void =>
  arrivals.setState(({ arrival }) => ({ arrival: arrival?.id === id ? null : arrival }));
