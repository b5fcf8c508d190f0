import { z } from "zod";
import { createStore } from "zustand/vanilla";

import { host } from "../api.ts";
import { followPersonSetting } from "../store/person-setting.ts";
import type { Command } from "./command.ts";

const settingKey = "keys";
const settingsSchema = z.object({
  /** Whether keys of one letter act at all. */
  letters: z.boolean().default(true),
  /** Keys by a command's id, in place of its own. */
  changed: z.record(z.string(), z.array(z.string())).default({}),
});
export type KeySettings = z.output<typeof settingsSchema>;

/** The person's own keys. */
export const keySettings = createStore<KeySettings>(() => ({ letters: true, changed: {} }));

/** `A`, `/`, `Shift+A`: a single character, with Shift at most. */
export const isLetter = (keys: string): boolean => /^(?:Shift\+)?.$/u.test(keys);

/** A command's keys as this person has them. */
export const keysFor = ({ id, keys }: Pick<Command, "id" | "keys">): readonly string[] => {
  const { letters, changed } = keySettings.getState();
  const own = changed[id] ?? keys;
  return letters ? own : own.filter((one) => !isLetter(one));
};

const save = (settings: KeySettings): void => {
  keySettings.setState(settings);
  host()
    .call("settings.put", { scope: "person", key: settingKey, value: settings })
    .catch(() => undefined);
};

export const switchLetters = (letters: boolean): void => save({ ...keySettings.getState(), letters });

/** Gives a command these keys; another that has them loses them. */
export const changeKeys = (command: Command, keys: string, others: readonly Command[]): void => {
  const { letters, changed } = keySettings.getState();
  const losing = others.filter((other) => other.id !== command.id && keysFor(other).includes(keys));
  const taken = losing.map((other) => [other.id, keysFor(other).filter((one) => one !== keys)] as const);
  save({ letters, changed: { ...changed, ...Object.fromEntries(taken), [command.id]: keys === "" ? [] : [keys] } });
};

/** Gives a command its own keys back; every command without one. */
export const resetKeys = (command: Command | null): void => {
  const { letters, changed } = keySettings.getState();
  if (command === null) return save({ letters: true, changed: {} });
  const { [command.id]: _own, ...others } = changed;
  save({ letters, changed: others });
  return undefined;
};

/** Reads the person's keys once there is a host. */
export const followKeySettings = (): (() => void) =>
  followPersonSetting(settingKey, (value) => {
    const known = settingsSchema.safeParse(value).data;
    if (known !== undefined) keySettings.setState(known);
  });
