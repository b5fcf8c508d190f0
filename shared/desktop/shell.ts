// What the desktop's window asks of its shell, and what the shell tells it. The studio itself never comes this way: its
// port is handed straight from the engine. A new line here changes neither the preload script nor the window's client.

import { z } from "zod";

const nothing = z.object({});
const done = z.null();

/** One command of the window as a native menu shows it. */
export const menuCommandSchema = z.object({
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(200),
  /** As the keymap spells them: `Mod+Shift+Enter`. */
  keys: z.string().max(60).nullable(),
  /** `canvas`: its keys act only while the canvas has the focus. */
  where: z.enum(["anywhere", "canvas"]),
});
export type MenuCommand = z.infer<typeof menuCommandSchema>;

const updateStateSchema = z.object({
  /** Whether this build knows where to look at all. */
  isPossible: z.boolean(),
  isOn: z.boolean(),
  version: z.string(),
});
export type UpdateState = z.infer<typeof updateStateSchema>;

export const shellCalls = {
  /** Asks for a line to the engine; the port follows as the message `portMessage` of the window. */
  "engine.connect": { input: nothing, output: done },
  /** Builds the native menu from the window's commands. */
  "menu.show": { input: z.object({ commands: z.array(menuCommandSchema).max(1000) }), output: done },
  /** Which of them can be used now. */
  "menu.enable": { input: z.object({ enabled: z.array(z.string().max(100)).max(1000) }), output: done },
  /** Asks the person for a folder; `null` when they chose none. */
  "folder.choose": {
    input: z.object({ title: z.string().max(200) }),
    output: z.object({ folder: z.string().nullable() }),
  },
  /** The project that this window shows now. */
  "window.project": {
    input: z.object({ root: z.string().min(1).nullable(), name: z.string().max(500) }),
    output: done,
  },
  /** Whether edits of this window are not yet in their files. */
  "window.edited": { input: z.object({ isEdited: z.boolean() }), output: done },
  /** Names of the secrets in the keychain; never their values. */
  "secret.list": { input: nothing, output: z.object({ names: z.array(z.string()) }) },
  /** Keeps a secret; `null` forgets it. Throws `keychain_unavailable`. */
  "secret.put": {
    input: z.object({ name: z.string().min(1).max(200), value: z.string().max(10_000).nullable() }),
    output: done,
  },
  "updates.get": { input: nothing, output: updateStateSchema },
  "updates.set": { input: z.object({ isOn: z.boolean() }), output: updateStateSchema },
} as const satisfies Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;

export const shellEvents = {
  /** The person chose a command in the native menu. */
  command: z.object({ id: z.string() }),
  /** The person asked for a project: a recent one, a file, a second start. */
  project: z.object({ folder: z.string() }),
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type ShellCallName = keyof typeof shellCalls;
export type ShellInput<N extends ShellCallName> = z.input<(typeof shellCalls)[N]["input"]>;
export type ShellOutput<N extends ShellCallName> = z.output<(typeof shellCalls)[N]["output"]>;
export type ShellEventName = keyof typeof shellEvents;
export type ShellEvent<N extends ShellEventName> = z.output<(typeof shellEvents)[N]>;

/** How an answer travels: an error as data, since Electron would keep only its text. */
export type ShellAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };
