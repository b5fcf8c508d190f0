import type { Contract, StudioHandlers } from "../../../shared/api/index.ts";
import type { StudioWindow } from "../studio.ts";
import { allowedUntrusted } from "./allowed-calls.ts";

type AnyHandler = (input: unknown, window: StudioWindow, ...rest: readonly unknown[]) => unknown;

/** The handlers, each behind the question whether the window's project is trusted, where it needs to be. */
export const guardCalls = (handlers: StudioHandlers<StudioWindow>): StudioHandlers<StudioWindow> => {
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    allowedUntrusted.has(name as keyof Contract) ? handler : guard(handler as AnyHandler),
  ]);
  return Object.fromEntries(guarded) as StudioHandlers<StudioWindow>;
};

const guard =
  (handler: AnyHandler): AnyHandler =>
  (input, window, ...rest) => {
    window.refuseUntrusted();
    return handler(input, window, ...rest);
  };
