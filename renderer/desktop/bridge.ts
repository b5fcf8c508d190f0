// The desktop's shell as the window sees it; in a browser tab there is none and everything here does nothing.

import {
  type DesktopBridge,
  type ShellAnswer,
  type ShellCallName,
  type ShellEvent,
  shellEvents,
  type ShellEventName,
  type ShellInput,
  type ShellOutput,
} from "../../shared/desktop/index.ts";
import { type ErrorData, fromErrorData } from "../../shared/errors/index.ts";

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly headrace?: DesktopBridge;
  }
}

const bridge = (): DesktopBridge | null => (typeof window === "undefined" ? null : (window.headrace ?? null));

/** Whether this window is the desktop's. */
export const isDesktop = (): boolean => bridge() !== null;

/** Asks the shell. Throws what it answers with; a BugError where there is no shell. */
export const askShell = async <N extends ShellCallName>(name: N, input: ShellInput<N>): Promise<ShellOutput<N>> => {
  const answer = (await bridge()?.invoke(name, input)) as ShellAnswer | undefined;
  if (answer === undefined) throw new Error(`${name} was asked of a shell that is not there`);
  if (!answer.ok) throw fromErrorData(answer.error as ErrorData);
  return answer.value as ShellOutput<N>;
};

/** Listens to the shell; returns the end of it. */
export const onShell = <N extends ShellEventName>(name: N, listener: (event: ShellEvent<N>) => void): (() => void) =>
  bridge()?.on(name, (event) => {
    const parsed = shellEvents[name].safeParse(event);
    if (parsed.success) listener(parsed.data as ShellEvent<N>);
  }) ?? (() => undefined);

/** The path of a file that was dropped or chosen; `null` in a browser, and for what is no file of this machine. */
export const pathForFile = (file: File): string | null => {
  const path = bridge()?.pathForFile(file) ?? "";
  return path === "" ? null : path;
};
