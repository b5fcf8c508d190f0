import { showMessage } from "../ui/messages.tsx";
import type { Command } from "./command.ts";
import { keySettings, keysFor } from "./key-settings.ts";
import { isBare, keysOf } from "./keys.ts";
import { commands, isEnabled } from "./registry.ts";

let byKeys: ReadonlyMap<string, Command> = new Map();
const readKeys = (): void => {
  byKeys = new Map(commands.flatMap((command) => keysFor(command).map((keys) => [keys, command] as const)));
};
readKeys();
keySettings.subscribe(readKeys);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

const isInCanvas = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[data-keys='canvas']") !== null;

/** Whether a command's keys mean it here: bare keys belong to whatever has the focus, unless that is the canvas. */
const isMeant = (command: Command, keys: string, target: EventTarget | null): boolean => {
  if (isInCanvas(target) && !isTyping(target)) return true;
  if (command.needsFocus === true) return false;
  if (command.where === "canvas" && (isTyping(target) || isBare(keys))) return false;
  return !isBare(keys) || /^(?:Shift\+)?F\d+$/.test(keys);
};

/** Runs a command and shows what it could not do. */
export const runCommand = (command: Command): void => {
  const done = async (): Promise<void> => command.run();
  done().catch(showMessage);
};

/** Listens for every command's keys; returns the end of it. */
export const listenForKeys = (): (() => void) => {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = keysOf(event);
    const command = byKeys.get(keys);
    if (command === undefined || command.isNative === true || !isMeant(command, keys, event.target)) return;
    event.preventDefault();
    if (isEnabled(command)) runCommand(command);
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
};
