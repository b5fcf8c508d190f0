import { useEffect, useState } from "react";

import { useStore } from "zustand";

import { type HeadraceError, toHeadraceError } from "../../shared/errors/index.ts";
import { connection } from "../api.ts";

export type Async<T> =
  | { readonly status: "loading"; readonly value: T | null }
  | { readonly status: "ready"; readonly value: T }
  | { readonly status: "failed"; readonly error: HeadraceError };

/**
 * What `load` resolves to, again whenever `key` changes; the former value stays while a new one is on its way. A load
 * that nobody waits for any more is aborted. `null` as key loads nothing. A host that comes back is asked again.
 */
export const useAsync = <T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Async<T> => {
  const [state, setState] = useState<Async<T>>({ status: "loading", value: null });
  const client = useStore(connection, (now) => now.client);
  useEffect(() => {
    if (key === null || client === null) return undefined;
    const controller = new AbortController();
    setState((former) => ({ status: "loading", value: former.status === "failed" ? null : former.value }));
    const settle = async (): Promise<void> => {
      const next = await outcome(() => load(controller.signal));
      if (!controller.signal.aborted) setState(next);
    };
    void settle();
    return () => controller.abort();
    // `load` is made anew with every render; the key says when it would do something else.
    // eslint-disable-next-line react/exhaustive-deps
  }, [key, client]);
  return state;
};

const outcome = async <T>(load: () => Promise<T>): Promise<Async<T>> => {
  try {
    return { status: "ready", value: await load() };
  } catch (error) {
    return { status: "failed", error: toHeadraceError(error) };
  }
};
